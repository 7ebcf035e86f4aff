using AirportOps.Reliability;
using AirportOps.Streams;
using AirportOps.Streams.Leases;

namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>
/// One worker's way to the leases. A request is under way until the simulation lets it arrive, if ever; the worker goes on when the simulation lets it,
/// with the answer, or without one as after a time-out. Then the request may still arrive later.
/// </summary>
/// <param name="store">The leases.</param>
internal sealed class UnreliableLeaseStore(MemoryLeaseStore store) : ILeaseStore
{
    private readonly List<Request> _underWay = [];
    private readonly Queue<Request> _waiting = new();

    /// <summary>Whether a request can arrive.</summary>
    public bool HasUnderWay => _underWay.Count > 0;

    /// <summary>Whether the worker waits for an answer, the oldest of which is there.</summary>
    public bool HasAnswer => _waiting.TryPeek(out var request) && request.HasArrived;

    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Lets a request arrive.</summary>
    public void Arrive(Random random)
    {
        var request = _underWay[random.Next(_underWay.Count)];
        _underWay.Remove(request);
        request.Arrive();
    }

    /// <summary>Loses a request on its way.</summary>
    public void Lose(Random random) => _underWay.RemoveAt(random.Next(_underWay.Count));

    /// <summary>Lets the worker go on.</summary>
    public void Answer(bool isLost) => _waiting.Dequeue().Answer(isLost);

    public Task EnsureReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<Lease>> ListAsync(string keyPrefix, CancellationToken cancellationToken) =>
        SendAsync(() => store.ListAsync(keyPrefix, cancellationToken));

    public Task<bool> TryTakeAsync(string key, Lease? seen, string worker, CancellationToken cancellationToken) =>
        SendAsync(() => store.TryTakeAsync(key, seen, worker, cancellationToken));

    public Task<Lease?> TryRenewAsync(string key, string worker, CancellationToken cancellationToken) =>
        SendAsync(() => store.TryRenewAsync(key, worker, cancellationToken));

    public Task<bool> TryAskAsync(Lease seen, string worker, CancellationToken cancellationToken) =>
        SendAsync(() => store.TryAskAsync(seen, worker, cancellationToken));

    public Task WithdrawAsync(string key, string worker, CancellationToken cancellationToken) =>
        SendAsync(() => Task.FromResult(store.WithdrawAsync(key, worker, cancellationToken).IsCompleted));

    public Task<bool> TryReleaseAsync(string key, string worker, string? successor, bool isEnded, CancellationToken cancellationToken) =>
        SendAsync(() => store.TryReleaseAsync(key, worker, successor, isEnded, cancellationToken));

    public Task<bool> TryReopenAsync(Lease seen, CancellationToken cancellationToken) => SendAsync(() => store.TryReopenAsync(seen, cancellationToken));

    public Task DeleteAsync(Lease seen, CancellationToken cancellationToken) =>
        SendAsync(() => Task.FromResult(store.DeleteAsync(seen, cancellationToken).IsCompleted));

    private async Task<T> SendAsync<T>(Func<Task<T>> call)
    {
        Task<T>? answer = null;
        var request = new Request(() => answer = call());
        _underWay.Add(request);
        _waiting.Enqueue(request);
        await request.Answered.ConfigureAwait(false);
        return answer is not null && !request.IsAnswerLost ? await answer.ConfigureAwait(false) : throw new StreamException("away", Fault.Outside, null);
    }

    private sealed class Request(Action arrive)
    {
        // Continuations run inside the step that completes it: the simulation has one thread.
        private readonly TaskCompletionSource _answered = new();

        public Task Answered => _answered.Task;

        public bool HasArrived { get; private set; }

        public bool IsAnswerLost { get; private set; }

        public void Arrive()
        {
            arrive();
            HasArrived = true;
        }

        public void Answer(bool isLost)
        {
            IsAnswerLost = isLost || !HasArrived;
            _answered.SetResult();
        }
    }
}
