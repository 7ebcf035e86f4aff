using AirportOps.Reliability;
using AirportOps.Streams;
using AirportOps.Streams.Leases;

namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>Leases in memory, with the conditions of the real store.</summary>
internal sealed class MemoryLeaseStore : ILeaseStore
{
    private readonly Lock _guard = new();
    private readonly Dictionary<string, Lease> _leases = new(StringComparer.Ordinal);

    /// <summary>Whether every call fails, as while the store is away.</summary>
    public bool IsAway { get; set; }

    /// <summary>The leases there are.</summary>
    public IReadOnlyList<Lease> All
    {
        get
        {
            lock (_guard)
            {
                return [.. _leases.Values.OrderBy(lease => lease.Key, StringComparer.Ordinal)];
            }
        }
    }

    private static StreamException Away => new("The store is away.", Fault.Outside, null);

    public Task EnsureReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<Lease>> ListAsync(string keyPrefix, CancellationToken cancellationToken) =>
        IsAway ? Task.FromException<IReadOnlyList<Lease>>(Away) : Task.FromResult<IReadOnlyList<Lease>>([.. All.Where(lease => lease.Key.StartsWith(keyPrefix, StringComparison.Ordinal))]);

    public Task<bool> TryTakeAsync(string key, Lease? seen, string worker, CancellationToken cancellationToken) => Task.FromResult(Change(
        key,
        current => current is null ? seen is null : current.Counter == seen?.Counter && !current.IsEnded,
        current => new Lease(key, worker, (current?.Counter ?? 0) + 1, null, false, null)) is not null);

    public Task<Lease?> TryRenewAsync(string key, string worker, CancellationToken cancellationToken) =>
        IsAway
            ? Task.FromException<Lease?>(Away)
            : Task.FromResult(Change(key, current => current?.Owner == worker, current => current! with { Counter = current.Counter + 1 }));

    public Task<bool> TryAskAsync(Lease seen, string worker, CancellationToken cancellationToken) => Task.FromResult(Change(
        seen.Key,
        current => current is { WantedBy: null } && current.Owner == seen.Owner,
        current => current! with { WantedBy = worker }) is not null);

    public Task WithdrawAsync(string key, string worker, CancellationToken cancellationToken)
    {
        Change(key, current => current?.WantedBy == worker, current => current! with { WantedBy = null });
        return Task.CompletedTask;
    }

    public Task<bool> TryReleaseAsync(string key, string worker, string? successor, bool isEnded, CancellationToken cancellationToken) =>
        Task.FromResult(Change(
            key,
            current => current?.Owner == worker,
            current => new Lease(key, isEnded ? null : successor, current!.Counter + 1, null, isEnded, null)) is not null);

    public Task<bool> TryReopenAsync(Lease seen, CancellationToken cancellationToken) => Task.FromResult(Change(
        seen.Key, current => current?.Counter == seen.Counter, current => current! with { IsEnded = false, Counter = current.Counter + 1 }) is not null);

    public Task DeleteAsync(Lease seen, CancellationToken cancellationToken)
    {
        lock (_guard)
        {
            if (_leases.GetValueOrDefault(seen.Key)?.Counter == seen.Counter)
            {
                _leases.Remove(seen.Key);
            }
        }

        return Task.CompletedTask;
    }

    private Lease? Change(string key, Func<Lease?, bool> condition, Func<Lease?, Lease> change)
    {
        lock (_guard)
        {
            var current = _leases.GetValueOrDefault(key);
            return condition(current) ? _leases[key] = change(current) : null;
        }
    }
}
