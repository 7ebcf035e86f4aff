using AirportOps.Streams.Leases;

namespace AirportOps.Pipeline.Workers;

/// <summary>A shard that is to be worked on, and its lease as one worker sees it.</summary>
/// <param name="Shard">The shard's id.</param>
/// <param name="Lease">The lease; null when there is none yet.</param>
/// <param name="IsExpired">Whether its owner has not renewed it for the lease's duration, by the worker's own clock.</param>
/// <param name="IsLongFree">Whether nobody has taken it for so long that whoever has room must.</param>
internal sealed record LeaseView(string Shard, Lease? Lease, bool IsExpired, bool IsLongFree)
{
    /// <summary>The worker that works on it; null for none.</summary>
    public string? Owner => IsExpired ? null : Lease?.Owner;

    /// <summary>The worker that will have it once what is under way is done; null for none.</summary>
    public string? NextOwner => Owner is null ? null : Lease!.WantedBy ?? Owner;
}
