using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Loading;

/// <summary>
/// Brings Silver windows into staging, in the order of their shards. Where to go on is read from the warehouse's own journal, so that
/// a stop at any moment, a repetition or a second loader changes nothing; how far it has come it then remembers (<see cref="FollowedShards"/>).
/// </summary>
/// <param name="windows">The manifests.</param>
/// <param name="lake">The lake that holds them and their files.</param>
/// <param name="staging">The warehouse.</param>
/// <param name="clock">Paces the waiting.</param>
public sealed class LoaderStage(WindowStore windows, ILake lake, IStagingStore staging, TimeProvider clock)
{
    /// <summary>
    /// How often to look for notes on shards: at most once a minute where a request costs money, which is what a window takes there.
    /// </summary>
    private readonly TimeSpan _noteInterval = TimeSpan.FromSeconds(Math.Max(2, lake.Pace.Longest.TotalSeconds));

    /// <summary>The longest wait without a sign of life.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The most windows a transaction takes, and the rows after which it takes no more, both shared equally by the shards: many small
    /// windows share one commit, a failure repeats little, and a shard far behind holds up no other.
    /// </summary>
    private const int MaxWindows = 64;
    private const long EnoughRows = 100_000;

    private readonly JournalComparison _journal = new(windows, staging, lake.Location);

    /// <summary>Loads until cancelled, or until everything is loaded after a drain was requested.</summary>
    /// <param name="stream">The stream whose windows to load; null for all the lake has.</param>
    /// <param name="drain">Requested once Silver writes no more windows.</param>
    /// <param name="progress">Records: windows' rows read. Rows, duplicates: in staging, dropped there. Outputs: windows.</param>
    /// <param name="cancellationToken">Stops between two transactions or rolls one back.</param>
    public async Task<LoadOutcome> RunAsync(string? stream, Drain drain, StageProgress progress, CancellationToken cancellationToken)
    {
        var total = default(LoadOutcome);
        using var gauges = new LoadGauges(clock);
        var notes = new NoteTaker(ShardNotes.OfSilver(lake), staging, _noteInterval, clock);
        var shards = new FollowedShards(stream, windows, staging, _journal, lake.Pace, clock);
        while (true)
        {
            var isLastRound = drain.IsRequested;
            progress.Touch();
            await shards.FindNewAsync(isLastRound, cancellationToken).ConfigureAwait(false);
            foreach (var name in shards.Streams.ToList())
            {
                total += await LoadStreamAsync(name, shards, isLastRound, gauges, notes, progress, cancellationToken).ConfigureAwait(false);
                await notes.TakeAsync(name, () => staging.LoadedUpToAsync(name, cancellationToken), isLastRound, cancellationToken).ConfigureAwait(false);
                shards.End(name, notes.EndedOf(name));
            }

            progress.Works();
            if (isLastRound)
            {
                progress.Complete();
                return total;
            }

            var wait = shards.UntilNextLook;
            await drain.WaitAsync(wait < LongestWait ? wait : LongestWait, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Loads what the shards have that it is time to look at.</summary>
    private async Task<LoadOutcome> LoadStreamAsync(
        string stream, FollowedShards shards, bool isLastRound, LoadGauges gauges, NoteTaker notes, StageProgress progress, CancellationToken cancellationToken)
    {
        var total = default(LoadOutcome);
        for (var due = shards.Due(stream, all: isLastRound); due.Count > 0;)
        {
            var (next, more) = await NextWindowsAsync(due, isLastRound, cancellationToken).ConfigureAwait(false);
            due = more;
            if (next.Count == 0)
            {
                break;
            }

            var started = clock.GetTimestamp();
            gauges.SetOldest(stream, next.Min(window => window.LastArrived));
            var outcome = await staging.LoadAsync(next, lake, cancellationToken).ConfigureAwait(false);
            PipelineMetrics.CountLoad(stream, outcome, clock.GetElapsedTime(started));
            progress.Add(
                records: next.Sum(window => window.Ledger.Rows),
                rows: outcome.Rows,
                duplicates: outcome.Duplicates,
                outputs: outcome.Batches);
            total += outcome;
            notes.Loaded(stream, next.Max(window => window.LastArrived));
            if (outcome.Batches < next.Count)
            {
                // Somebody else has loaded some of them, and may be further than is known here.
                shards.Forget(stream);
                await shards.FindNewAsync(now: true, cancellationToken).ConfigureAwait(false);
                due = shards.Due(stream, all: isLastRound);
            }
        }

        gauges.SetOldest(stream, null);
        return total;
    }

    /// <summary>The next windows of some shards, an equal share from each.</summary>
    /// <returns>The windows, and the shards that may have more.</returns>
    private async Task<(List<WindowManifest> Windows, List<FollowedShard> More)> NextWindowsAsync(
        IReadOnlyList<FollowedShard> shards, bool isLastRound, CancellationToken cancellationToken)
    {
        var next = new List<WindowManifest>();
        var more = new List<FollowedShard>();
        foreach (var shard in shards)
        {
            var end = shard.Next + Math.Max(1, MaxWindows / shards.Count);
            var rows = 0L;
            var window = await windows.TryReadAsync(shard.Stream, shard.Shard, shard.Next, cancellationToken).ConfigureAwait(false);
            if (window is null)
            {
                shard.Miss(clock);
            }

            while (window is not null)
            {
                WindowChain.Check(shard.Newest, window);
                shard.Take(window, clock);
                next.Add(window);
                rows += window.Ledger.Rows;
                if (shard.Next >= end || rows >= EnoughRows / shards.Count)
                {
                    more.Add(shard);
                    break;
                }

                window = await windows.TryReadAsync(shard.Stream, shard.Shard, shard.Next, cancellationToken).ConfigureAwait(false);
            }

            if (window is null && shard.TakeCheck(isLastRound, clock))
            {
                await windows.CheckEndAsync(shard.Stream, shard.Shard, shard.Next, cancellationToken).ConfigureAwait(false);
            }
        }

        return (next, more);
    }
}
