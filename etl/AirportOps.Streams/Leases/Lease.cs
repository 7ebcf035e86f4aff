namespace AirportOps.Streams.Leases;

/// <summary>Who works on one part of some work, for instance on a shard, as the store has it.</summary>
/// <param name="Key">What the lease is of; unique in its store.</param>
/// <param name="Owner">The worker that has it; null when nobody has.</param>
/// <param name="Counter">
/// Grows with every renewal and change of owner, and with nothing else. Who sees it stand still for the lease's duration, by a clock of its own,
/// knows that the owner is gone.
/// </param>
/// <param name="WantedBy">The worker that has asked the owner to hand the lease over; null for none.</param>
/// <param name="IsEnded">Whether an owner has said that there is nothing left to do. A hint: the work itself tells the truth.</param>
/// <param name="Renewed">When the owner last renewed it, by the owner's clock: for people only, nothing may be decided by it.</param>
public sealed record Lease(string Key, string? Owner, long Counter, string? WantedBy, bool IsEnded, DateTimeOffset? Renewed);
