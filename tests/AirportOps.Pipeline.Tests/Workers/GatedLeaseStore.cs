using AirportOps.Streams.Leases;

namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>One worker's way to the leases, which a test can disturb: awaited before every call.</summary>
internal sealed class GatedLeaseStore(MemoryLeaseStore store) : ILeaseStore
{
    /// <summary>Awaited before every call is made.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public Task EnsureReadyAsync(CancellationToken cancellationToken) => Before();

    public Task<IReadOnlyList<Lease>> ListAsync(string keyPrefix, CancellationToken cancellationToken) =>
        AfterAsync(() => store.ListAsync(keyPrefix, cancellationToken));

    public Task<bool> TryTakeAsync(string key, Lease? seen, string worker, CancellationToken cancellationToken) =>
        AfterAsync(() => store.TryTakeAsync(key, seen, worker, cancellationToken));

    public Task<Lease?> TryRenewAsync(string key, string worker, CancellationToken cancellationToken) =>
        AfterAsync(() => store.TryRenewAsync(key, worker, cancellationToken));

    public Task<bool> TryAskAsync(Lease seen, string worker, CancellationToken cancellationToken) =>
        AfterAsync(() => store.TryAskAsync(seen, worker, cancellationToken));

    public async Task WithdrawAsync(string key, string worker, CancellationToken cancellationToken)
    {
        await Before();
        await store.WithdrawAsync(key, worker, cancellationToken);
    }

    public Task<bool> TryReleaseAsync(string key, string worker, string? successor, bool isEnded, CancellationToken cancellationToken) =>
        AfterAsync(() => store.TryReleaseAsync(key, worker, successor, isEnded, cancellationToken));

    public Task<bool> TryReopenAsync(Lease seen, CancellationToken cancellationToken) => AfterAsync(() => store.TryReopenAsync(seen, cancellationToken));

    public async Task DeleteAsync(Lease seen, CancellationToken cancellationToken)
    {
        await Before();
        await store.DeleteAsync(seen, cancellationToken);
    }

    private async Task<T> AfterAsync<T>(Func<Task<T>> call)
    {
        await Before();
        return await call();
    }
}
