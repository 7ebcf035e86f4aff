using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Loading;

/// <summary>
/// Brings Silver windows into staging, in the order of their shards. Where to go on is read from the warehouse's own journal, so that
/// a stop at any moment, a repetition or a second loader changes nothing.
/// </summary>
/// <param name="windows">The manifests.</param>
/// <param name="lake">The lake that holds them and their files.</param>
/// <param name="staging">The warehouse.</param>
/// <param name="clock">Paces the waiting.</param>
public sealed class LoaderStage(WindowStore windows, ILake lake, IStagingStore staging, TimeProvider clock)
{
    /// <summary>How long a loader that has loaded everything waits before it looks again.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

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
        while (true)
        {
            var isLastRound = drain.IsRequested;
            var loaded = 0;
            progress.Touch();
            foreach (var name in stream is null ? await windows.ListStreamsAsync(cancellationToken).ConfigureAwait(false) : [stream])
            {
                while (await NextWindowsAsync(name, cancellationToken).ConfigureAwait(false) is { Count: > 0 } next)
                {
                    var started = clock.GetTimestamp();
                    gauges.SetOldest(name, next.Min(window => window.LastArrived));
                    var outcome = await staging.LoadAsync(next, lake, cancellationToken).ConfigureAwait(false);
                    PipelineMetrics.CountLoad(name, outcome, clock.GetElapsedTime(started));
                    progress.Add(
                        records: next.Sum(window => window.Ledger.Rows),
                        rows: outcome.Rows,
                        duplicates: outcome.Duplicates,
                        outputs: outcome.Batches);
                    total += outcome;
                    loaded += next.Count;
                }

                gauges.SetOldest(name, null);
            }

            if (isLastRound)
            {
                progress.Complete();
                return total;
            }

            if (loaded == 0)
            {
                await drain.WaitAsync(PollInterval, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The next windows of a stream, an equal share from each of its shards; empty when all are loaded.</summary>
    private async Task<IReadOnlyList<WindowManifest>> NextWindowsAsync(string stream, CancellationToken cancellationToken)
    {
        var loadedUpTo = await staging.LoadedUpToAsync(stream, cancellationToken).ConfigureAwait(false);
        var shards = await windows.ListShardsAsync(stream, cancellationToken).ConfigureAwait(false);
        var next = new List<WindowManifest>();
        foreach (var shard in shards)
        {
            var newest = await _journal.LoadedOrdinalAsync(stream, shard, loadedUpTo.GetValueOrDefault(shard), cancellationToken).ConfigureAwait(false);
            var first = newest + 1;
            var end = first + Math.Max(1, MaxWindows / shards.Count);
            var rows = 0L;
            for (var ordinal = first; ordinal < end && rows < EnoughRows / shards.Count; ordinal++)
            {
                if (await windows.TryReadAsync(stream, shard, ordinal, cancellationToken).ConfigureAwait(false) is not { } window)
                {
                    await windows.CheckEndAsync(stream, shard, ordinal, cancellationToken).ConfigureAwait(false);
                    break;
                }

                WindowChain.Check(next.LastOrDefault(before => before.Shard == shard), window);

                next.Add(window);
                rows += window.Ledger.Rows;
            }
        }

        return next;
    }
}
