namespace AirportOps.Streams.Leases;

/// <summary>
/// Leases that workers in several processes share. Each change is made by one conditional write, wholly or not at all. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A change whose answer is lost may have been made although it says no, because it was sent again: who reads the lease learns what is so. Outside
/// trouble is a <see cref="StreamException"/> from every member, told to the operator by the store: a line when it begins, a line when it ends.
/// </remarks>
public interface ILeaseStore
{
    /// <summary>Makes sure that the store can be used, and creates what is missing and can be created.</summary>
    Task EnsureReadyAsync(CancellationToken cancellationToken);

    /// <summary>The leases whose keys begin with a prefix, each as it was at some moment after the call began.</summary>
    Task<IReadOnlyList<Lease>> ListAsync(string keyPrefix, CancellationToken cancellationToken);

    /// <summary>Makes a worker the owner of a lease that is as it was seen, or that still does not exist.</summary>
    /// <param name="key">The lease.</param>
    /// <param name="seen">As it was seen; null: it did not exist.</param>
    /// <param name="worker">Who takes it.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>False: it has changed since, or has ended.</returns>
    Task<bool> TryTakeAsync(string key, Lease? seen, string worker, CancellationToken cancellationToken);

    /// <summary>Says that the owner is there.</summary>
    /// <returns>The lease as it is now; null: it is not, or no longer, this worker's.</returns>
    Task<Lease?> TryRenewAsync(string key, string worker, CancellationToken cancellationToken);

    /// <summary>Asks the owner to hand a lease over.</summary>
    /// <returns>False: it has another owner by now, or somebody else has asked.</returns>
    Task<bool> TryAskAsync(Lease seen, string worker, CancellationToken cancellationToken);

    /// <summary>Takes a worker's wish to get a lease back.</summary>
    Task WithdrawAsync(string key, string worker, CancellationToken cancellationToken);

    /// <summary>Gives a lease up.</summary>
    /// <param name="key">The lease.</param>
    /// <param name="worker">Its owner.</param>
    /// <param name="successor">Who gets it; null for whoever takes it.</param>
    /// <param name="isEnded">Whether there is nothing left to do; then nobody gets it.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>False: it was not this worker's.</returns>
    Task<bool> TryReleaseAsync(string key, string worker, string? successor, bool isEnded, CancellationToken cancellationToken);

    /// <summary>Says that there is something left to do after all, if the lease is as it was seen.</summary>
    Task<bool> TryReopenAsync(Lease seen, CancellationToken cancellationToken);

    /// <summary>Deletes a lease of work that no longer exists, if it is as it was seen.</summary>
    Task DeleteAsync(Lease seen, CancellationToken cancellationToken);
}
