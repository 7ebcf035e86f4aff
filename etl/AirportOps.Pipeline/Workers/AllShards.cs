using AirportOps.Streams;

namespace AirportOps.Pipeline.Workers;

/// <summary>All shards are this worker's.</summary>
/// <param name="stream">The stream.</param>
/// <param name="clock">Paces the looking for new shards.</param>
internal sealed class AllShards(IEventStream stream, TimeProvider clock) : IShardAssignment
{
    /// <summary>How often to look for new shards. Those of a split or a merge are found at once, when their parents end.</summary>
    internal static readonly TimeSpan ListInterval = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task RunAsync(IShardWork work, Drain drain, CancellationToken cancellationToken)
    {
        var running = new RunningShards();
        Exception? reason = null;
        try
        {
            await StartAllAsync(work, running, drain, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception caught)
        {
            reason = caught;
        }

        // A failure, or a stop, ends the other shards, which first commit what they have read.
        await running.EndAsync(reason).ConfigureAwait(false);
    }

    private async Task StartAllAsync(IShardWork work, RunningShards running, Drain drain, CancellationToken cancellationToken)
    {
        var started = new HashSet<string>(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var isLastRound = drain.IsRequested;
            work.Touch();
            var shards = await stream.ListShardsAsync(cancellationToken).ConfigureAwait(false);
            foreach (var shard in shards.Where(shard => !started.Contains(shard.Id) && (!work.ParentsFirst || ParentsAreDone(shard, shards, done))))
            {
                started.Add(shard.Id);
                var hold = ShardHold.Alone(shard.Id, clock);
                running.Start(shard, hold, () => work.RunAsync(shard, hold, drain, hold.Stop));
            }

            if (isLastRound && running.Count == 0)
            {
                return;
            }

            var change = WaitForChangeAsync(running, isLastRound ? null : drain, cancellationToken);
            await change.ConfigureAwait(false);
            foreach (var (shard, end) in await running.TakeEndedAsync().ConfigureAwait(false))
            {
                if (end is ShardEnd.ReadToEnd)
                {
                    done.Add(shard.Id);
                    work.Leave(shard);
                }
            }
        }
    }

    /// <summary>Whether each parent was worked off to its end, or was trimmed away, and so was worked off long ago.</summary>
    internal static bool ParentsAreDone(Shard child, IReadOnlyList<Shard> shards, HashSet<string> done) =>
        child.ParentIds.All(parent => done.Contains(parent) || shards.All(shard => shard.Id != parent));

    /// <summary>Waits until a shard ends, fails or it is time to look for new ones.</summary>
    /// <param name="running">The shards.</param>
    /// <param name="drain">What else may happen; null: nothing more comes.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    private async Task WaitForChangeAsync(RunningShards running, Drain? drain, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var other = drain?.WaitAsync(ListInterval, clock, enough.Token) ?? Task.Delay(Timeout.InfiniteTimeSpan, clock, enough.Token);
        await running.WaitAsync([other]).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        await other.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
