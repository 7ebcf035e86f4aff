using AirportOps.Cleaning;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Seen;
using AirportOps.Lake;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>
/// Tries refused events again under today's rules and tables, with the shard, sequence and arrival they came with. What is clean now becomes
/// rows in windows of the shard's <see cref="ReplayShard"/>, committed like any window; what is still refused stays where it is.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="reference">Today's reference tables.</param>
/// <param name="options">Limits of the cleaner, the horizon of duplicates, and how many lines and bytes a replay window takes.</param>
/// <param name="progress">Records: lines tried; rows, duplicates, refused: events; outputs: windows.</param>
public sealed class QuarantineReplay(ILake lake, ReferenceTables reference, SilverOptions options, StageProgress progress)
{
    private readonly WindowStore _windows = new(lake);
    private readonly EventCleaner _cleaner = new(new CodeTables(reference), options.Cleaning);

    /// <summary>Replays, or finds out what a replay would do.</summary>
    /// <param name="filter">Which refused events to try.</param>
    /// <param name="isDryRun">Whether to do everything but write.</param>
    /// <param name="cancellationToken">Stops between two windows; those committed stand.</param>
    /// <exception cref="PipelineException">Another replay runs, or something in the lake is damaged.</exception>
    public async Task<ReplayOutcome> RunAsync(QuarantineFilter filter, bool isDryRun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var tally = new ReplayTally(progress);
        var committed = new List<string>();
        foreach (var stream in await _windows.ListStreamsAsync(cancellationToken).ConfigureAwait(false))
        {
            var quarantine = await StreamQuarantine.OpenAsync(lake, stream, cancellationToken).ConfigureAwait(false);
            var accepted = new AcceptedIndex(options.DuplicateHorizon);
            var lineage = await _windows.LineageAsync(cancellationToken).ConfigureAwait(false);
            foreach (var shard in quarantine.Shards)
            {
                // The number follows from the same manifests as what is resolved: a replay that has seen less than all of them loses the race.
                var window = lineage.Window(stream, ReplayShard.Of(shard.Shard), shard.NewestReplay + 1);
                await foreach (var lines in ChunksAsync(shard, filter, cancellationToken).ConfigureAwait(false))
                {
                    var batch = await CleanAsync(lines, quarantine.Accepted, accepted, tally, cancellationToken).ConfigureAwait(false);
                    if (batch.Resolved.Count == 0)
                    {
                        continue;
                    }

                    if (!isDryRun)
                    {
                        // Written to its end even when a stop is asked for: a half is only in the way.
                        await CommitAsync(window, batch, CancellationToken.None).ConfigureAwait(false);
                    }

                    progress.Add(outputs: 1);
                    committed.Add(window.BatchId);
                    window = window with { Ordinal = window.Ordinal + 1 };
                }
            }
        }

        progress.Complete();
        return new ReplayOutcome(tally.ToGroups(), committed);
    }

    /// <summary>The lines that match, as many at a time as a window may take.</summary>
    private async IAsyncEnumerable<List<QuarantineEntry>> ChunksAsync(
        ShardQuarantine shard,
        QuarantineFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunk = new List<QuarantineEntry>();
        long bytes = 0;
        await foreach (var line in shard.ReadAsync(filter, withResolved: false, cancellationToken).ConfigureAwait(false))
        {
            chunk.Add(line);
            bytes += line.Event.Raw.Length;
            if (chunk.Count >= options.Limits.Records || bytes >= options.Limits.Bytes)
            {
                yield return chunk;
                (chunk, bytes) = ([], 0);
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }

    private async Task<ReplayBatch> CleanAsync(
        List<QuarantineEntry> lines,
        IReadOnlyList<AcceptedWindow> windows,
        AcceptedIndex accepted,
        ReplayTally tally,
        CancellationToken cancellationToken)
    {
        // First without any memory, to learn the ids: of the ids that windows accepted, only those few are kept.
        var batch = new ReplayBatch(_cleaner);
        var clean = new List<(QuarantineEntry Line, AcceptedEvent[] Events)>();
        foreach (var line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (events, refused) = batch.Try(line.Event);
            if (events.Length > 0)
            {
                clean.Add((line, events));
            }
            else
            {
                tally.Add(line.Event.Reason, 0, 0, [refused[0]]);
            }
        }

        if (clean.Count == 0)
        {
            return batch;
        }

        await accepted.AddAsync(
            lake,
            windows,
            [.. clean.SelectMany(line => line.Events).Select(candidate => candidate.Id)],
            Iso8601.ToTime(clean.Min(line => line.Line.Event.ArrivedMicros)),
            Iso8601.ToTime(clean.Max(line => line.Line.Event.ArrivedMicros)),
            cancellationToken).ConfigureAwait(false);
        foreach (var (line, events) in clean)
        {
            foreach (var added in batch.Add(line, events.Select(accepted.Find).OfType<AcceptedEvent>(), tally))
            {
                accepted.Add(added);
            }
        }

        return batch;
    }

    private async Task CommitAsync(WindowId window, ReplayBatch batch, CancellationToken cancellationToken)
    {
        var sequences = batch.Resolved.Select(line => SequenceNumber.Parse(line.Sequence)).ToArray();
        var range = new WindowRange(
            window,
            sequences.Min(),
            sequences.Max(),
            Iso8601.ToTime(batch.Resolved.Min(line => line.ArrivedMicros)),
            Iso8601.ToTime(batch.Resolved.Max(line => line.ArrivedMicros)),
            LastSequenceBefore: null,
            WatermarkBefore: null);
        using var writer = new WindowWriter(lake, reference, options.Cleaning.Rules);
        var manifest = await writer.WriteAsync(batch.Cleaned, batch.Refusals, range, cancellationToken).ConfigureAwait(false) with
        {
            // A replay takes no shard further: a watermark of its own would hold back the stream's for ever.
            Watermark = null,
            Ledger = batch.ToLedger(),
            Replayed = batch.ToReplay(),
        };
        if (!await _windows.TryCommitAsync(manifest, cancellationToken).ConfigureAwait(false))
        {
            throw new PipelineException(
                $"Another replay has committed window {window}; nothing of it is doubled. Run 'quarantine replay' again for what it left.",
                Fault.Operator,
                null);
        }

        await new OrphanSweeper(lake, window, long.MaxValue).SweepAsync(manifest, cancellationToken).ConfigureAwait(false);
    }
}
