using AirportOps.Streams;
using AirportOps.Streams.Leases;

namespace AirportOps.Pipeline.Workers;

/// <summary>
/// This worker works on the shards whose leases it has. One loop renews them, another looks for new shards, takes leases and starts the work, so
/// that a slow look never costs a lease.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="store">The leases.</param>
/// <param name="keeper">Takes and renews them.</param>
/// <param name="options">How the worker takes part.</param>
/// <param name="clock">Paces both loops.</param>
internal sealed class LeasedShards(IEventStream stream, ILeaseStore store, LeaseKeeper keeper, LeaseOptions options, TimeProvider clock) : IShardAssignment
{
    private readonly RunningShards _running = new();
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly HashSet<string> _drained = new(StringComparer.Ordinal);
    private IReadOnlyList<Shard> _shards = [];
    private long? _listed;

    /// <inheritdoc/>
    public async Task RunAsync(IShardWork work, Drain drain, CancellationToken cancellationToken)
    {
        await store.EnsureReadyAsync(cancellationToken).ConfigureAwait(false);
        using var renewing = new CancellationTokenSource();
        var renewal = RenewAsync(renewing.Token);
        Exception? reason = null;
        try
        {
            await CoordinateAsync(work, drain, renewal, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception caught)
        {
            reason = caught;
        }

        try
        {
            // Each shard's work commits what it has and gives its lease up, which is renewed until then.
            await _running.EndAsync(reason).ConfigureAwait(false);
        }
        finally
        {
            await keeper.LeaveAsync().ConfigureAwait(false);
            await renewing.CancelAsync().ConfigureAwait(false);
            await renewal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.Heartbeat, clock, cancellationToken).ConfigureAwait(false);
            await keeper.RenewAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CoordinateAsync(IShardWork work, Drain drain, Task renewal, CancellationToken cancellationToken)
    {
        DateTimeOffset? drainedAt = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (renewal.IsFaulted)
            {
                await renewal.ConfigureAwait(false);
            }

            work.Touch();
            drainedAt ??= drain.IsRequested ? clock.GetUtcNow() : null;
            await ListShardsAsync(cancellationToken).ConfigureAwait(false);
            var open = _shards.Where(shard => !IsSettled(shard.Id) && (!work.ParentsFirst || AllShards.ParentsAreDone(shard, _shards, _done))).ToList();
            var leases = await keeper.TakeAsync([.. open.Select(shard => shard.Id)], cancellationToken).ConfigureAwait(false);
            StartNew(work, drain);
            var settled = leases is not null && await SettleEndedAsync(work, open, leases, cancellationToken).ConfigureAwait(false);
            if (drainedAt is { } since)
            {
                settled |= await SettleDrainedAsync(work, open, since, cancellationToken).ConfigureAwait(false);
                if (_running.Count == 0 && _shards.All(shard => IsSettled(shard.Id)) && !settled)
                {
                    return;
                }
            }

            // What is settled may let children begin.
            if (!settled)
            {
                await WaitAsync(drainedAt is null ? drain : null, renewal, cancellationToken).ConfigureAwait(false);
            }

            await TakeEndedAsync(work).ConfigureAwait(false);
        }
    }

    private bool IsSettled(string shard) => _done.Contains(shard) || _drained.Contains(shard);

    private async Task ListShardsAsync(CancellationToken cancellationToken)
    {
        if (_listed is not { } listed || clock.GetElapsedTime(listed) >= AllShards.ListInterval)
        {
            _shards = await stream.ListShardsAsync(cancellationToken).ConfigureAwait(false);
            _listed = clock.GetTimestamp();
        }
    }

    private void StartNew(IShardWork work, Drain drain)
    {
        foreach (var hold in keeper.Holds)
        {
            // One that was lost and taken again waits until the work under the old hold has ended.
            if (!_running.Contains(hold.Shard) && _shards.FirstOrDefault(shard => shard.Id == hold.Shard) is { } shard)
            {
                _running.Start(shard, hold, () => WorkAsync(work, shard, hold, drain));
            }
        }
    }

    private async Task<ShardEnd> WorkAsync(IShardWork work, Shard shard, ShardHold hold, Drain drain)
    {
        var end = ShardEnd.Stopped;
        try
        {
            do
            {
                // Overtaken while the lease is this worker's: a former owner's last commit came late. It goes on behind that.
                end = await work.RunAsync(shard, hold, drain, hold.Stop).ConfigureAwait(false);
            }
            while (end is ShardEnd.Overtaken && hold.IsHeld && !hold.Stop.IsCancellationRequested);
            return end;
        }
        catch (OperationCanceledException) when (hold.Stop.IsCancellationRequested)
        {
            return ShardEnd.Stopped;
        }
        finally
        {
            await keeper.ReleaseAsync(hold, end is ShardEnd.ReadToEnd).ConfigureAwait(false);
        }
    }

    /// <summary>Looks at shards whose leases say that they are worked off, once each: the lease may be of results that are no longer there.</summary>
    /// <returns>Whether one is.</returns>
    private async Task<bool> SettleEndedAsync(
        IShardWork work, List<Shard> open, IReadOnlyDictionary<string, Lease> leases, CancellationToken cancellationToken)
    {
        var settled = false;
        foreach (var shard in open.Where(shard => leases.GetValueOrDefault(shard.Id) is { IsEnded: true } && !_running.Contains(shard.Id)))
        {
            if ((await LookAsync(work, shard, cancellationToken).ConfigureAwait(false)).IsReadToEnd)
            {
                settled |= _done.Add(shard.Id);
            }
            else
            {
                await keeper.ReopenAsync(leases[shard.Id], cancellationToken).ConfigureAwait(false);
            }
        }

        await keeper.ForgetShardsAsync(leases, _shards.Select(shard => shard.Id).ToHashSet(StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
        return settled;
    }

    /// <summary>After a drain, looks how far others have come with their shards: until nothing is left of what was there then.</summary>
    /// <returns>Whether one has come so far.</returns>
    private async Task<bool> SettleDrainedAsync(IShardWork work, List<Shard> open, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var settled = false;
        foreach (var shard in open.Where(shard => !IsSettled(shard.Id) && !_running.Contains(shard.Id)))
        {
            var standing = await LookAsync(work, shard, cancellationToken).ConfigureAwait(false);
            if (standing.IsReadToEnd)
            {
                settled |= _done.Add(shard.Id);
            }
            else if (standing.NextArrived is not { } next || next > since)
            {
                _drained.Add(shard.Id);
            }
        }

        return settled;
    }

    private async Task<ShardStanding> LookAsync(IShardWork work, Shard shard, CancellationToken cancellationToken)
    {
        var position = await work.FindPositionAsync(shard, cancellationToken).ConfigureAwait(false);
        return await ShardStanding.LookAsync(stream, shard.Id, position, clock, cancellationToken).ConfigureAwait(false);
    }

    private async Task TakeEndedAsync(IShardWork work)
    {
        foreach (var (shard, end) in await _running.TakeEndedAsync().ConfigureAwait(false))
        {
            work.Leave(shard);
            if (end is ShardEnd.ReadToEnd)
            {
                _done.Add(shard.Id);

                // Its children may be new.
                _listed = null;
            }
            else if (end is ShardEnd.Drained)
            {
                _drained.Add(shard.Id);
            }
        }
    }

    /// <summary>Waits for a heartbeat, or until something happens before.</summary>
    private async Task WaitAsync(Drain? drain, Task renewal, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var heartbeat = drain?.WaitAsync(options.Heartbeat, clock, enough.Token) ?? Task.Delay(options.Heartbeat, clock, enough.Token);
        await _running.WaitAsync([heartbeat, renewal]).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        await heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
