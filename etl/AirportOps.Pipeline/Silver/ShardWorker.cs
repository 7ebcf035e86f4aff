using System.Text;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Codes;
using AirportOps.Cleaning.Seen;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;
using AirportOps.Pipeline.Workers;
using AirportOps.Reference;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// Cleans one shard, window by window. It goes on after the newest manifest and commits by creating the next; a worker that finds its
/// ordinal taken has lost the shard and stops. For one caller.
/// </summary>
internal sealed class ShardWorker : IDisposable
{
    private const int ReadRecords = 5_000;
    private const long ReadBytes = 4 << 20;

    private readonly IEventStream _stream;
    private readonly Shard _shard;
    private readonly ShardHold _hold;
    private readonly ILake _lake;
    private readonly WindowStore _windows;
    private readonly SilverOptions _options;
    private readonly StageProgress _progress;
    private readonly TimeProvider _clock;
    private readonly EventCleaner _cleaner;
    private readonly CleanBatch _batch = new();
    private readonly WindowWriter _writer;
    private readonly byte[] _shardName;
    private readonly ShardGauges _gauges;
    private readonly NewestArrival _arrivals;
    private readonly ShardSilence _silence;

    /// <summary>A hole in front of the next record that is accepted, or to be; null for none.</summary>
    private GapNotice? _gap;
    private GapNotice? _found;

    /// <summary>When the last read was begun.</summary>
    private DateTimeOffset _readAt;

    /// <summary>The shard is known to be closed, because others have taken its place.</summary>
    private bool _hasChildren;

    /// <summary>Up to when all that arrived is in windows, as far as that is known.</summary>
    private DateTimeOffset _seenThrough;

    /// <summary>When the first records of the window at hand were read, as a timestamp of the clock.</summary>
    private long _opened;

    internal ShardWorker(
        IEventStream stream,
        Shard shard,
        ShardHold hold,
        ILake lake,
        ReferenceTables reference,
        CodeTables codes,
        SilverOptions options,
        StageProgress progress,
        NewestArrival arrivals,
        TimeProvider clock)
    {
        _stream = stream;
        _shard = shard;
        _hold = hold;
        _lake = lake;
        _windows = new WindowStore(lake);
        _options = options;
        _progress = progress;
        _clock = clock;
        _cleaner = new EventCleaner(codes, options.Cleaning);
        _writer = new WindowWriter(lake, reference, options.Cleaning.Rules);
        _shardName = Encoding.UTF8.GetBytes(shard.Id);
        _gauges = new ShardGauges("silver", stream.Name, shard.Id, clock).WithWindows();
        _arrivals = arrivals;
        _silence = new ShardSilence(ShardNotes.OfSilver(lake), stream, shard, hold, ShardSilence.IntervalOf(options.Limits), arrivals, clock);
    }

    /// <summary>Where a shard's newest window ends.</summary>
    /// <param name="newest">The window; null when there is none.</param>
    internal static StreamPosition PositionAfter(WindowManifest? newest) =>
        LastSequenceOf(newest) is { } last ? StreamPosition.After(last) : StreamPosition.TrimHorizon;

    private static SequenceNumber? LastSequenceOf(WindowManifest? window) => window is null ? null : SequenceNumber.Parse(window.LastSequence);

    /// <summary>
    /// Works until the shard is closed and read to its end, or all is read after a drain was requested. Cancelled, it commits what it
    /// has read and returns. Once the shard is no longer its own it commits nothing any more.
    /// </summary>
    /// <exception cref="PipelineException">Another worker has this shard although it is not shared, or ids can't be kept.</exception>
    internal async Task<ShardEnd> RunAsync(Drain drain, CancellationToken cancellationToken)
    {
        try
        {
            return await CleanAsync(drain, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            throw new PipelineException(
                $"The ids of shard {_shard.Id} beyond {_options.Ids.InMemory} can't be kept in {_options.Ids.Folder}: {failure.Message} " +
                "Make room there and start 'silver' again; it goes on after its last window.",
                Fault.Outside,
                failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gauges.Dispose();
        _writer.Dispose();
    }

    private async Task<ShardEnd> CleanAsync(Drain drain, CancellationToken cancellationToken)
    {
        var generation = (await _windows.RefreshLineageAsync(cancellationToken).ConfigureAwait(false)).Live;
        var newest = await _windows.NewestAsync(_stream.Name, _shard.Id, cancellationToken).ConfigureAwait(false);
        _gauges.SetWatermark(newest?.WatermarkAfter);
        _gauges.WithRetention(await _stream.GetRetentionAsync(cancellationToken).ConfigureAwait(false));
        var loader = new SeenEventsLoader(_lake, _windows, _options.DuplicateHorizon, _options.Ids);
        using var seen = await loader.LoadAsync(_stream.Name, _shard, newest, cancellationToken).ConfigureAwait(false);
        var replayed = new ReplayedIds(_lake, _windows, _stream.Name, [_shard.Id, .. _shard.ParentIds]);
        var orphans = new OrphanSweeper(_lake, new WindowId(_stream.Name, _shard.Id, (newest?.Ordinal ?? 0) + 1, generation), _options.Limits.Records);
        await orphans.SweepBackAsync(loader.Newest, cancellationToken).ConfigureAwait(false);
        var reader = await OpenReaderAsync(newest, cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        while (true)
        {
            var next = new WindowId(_stream.Name, _shard.Id, (newest?.Ordinal ?? 0) + 1, generation);

            // Between two windows, so that a service learns of a replay made beside it.
            await replayed.AddNewAsync(seen, newest, cancellationToken).ConfigureAwait(false);
            var (range, end) = await FillAsync(
                reader, next, newest, seen, drain, cancellationToken).ConfigureAwait(false);
            if (!_hold.IsHeld)
            {
                return ShardEnd.Overtaken;
            }

            var children = end is WindowEnd.ShardClosed ? await _silence.ChildrenAsync(CancellationToken.None).ConfigureAwait(false) : [];
            if (range is not null)
            {
                range = range with
                {
                    EndsShard = children.Count > 0,
                    Gap = _gap?.Before(range.FirstSequence, range.FirstArrived),
                    LastGapBefore = newest?.Gap is null ? newest?.LastGapOrdinal : newest.Ordinal,
                };
                _gap = null;

                // What was read is committed even when a stop is asked for: it would only have to be read again.
                newest = await CommitAsync(range, CancellationToken.None).ConfigureAwait(false);
                if (newest is null)
                {
                    return ShardEnd.Overtaken;
                }

                await orphans.SweepAsync(newest, CancellationToken.None).ConfigureAwait(false);
            }

            if (end is WindowEnd.Gap)
            {
                _gap = _found;
                _gap!.Raise(_options.AcceptGap, "Bronze does not have all of them. ");
            }
            else if (end is WindowEnd.ShardClosed)
            {
                await _silence.EndAsync(newest, children, CancellationToken.None).ConfigureAwait(false);
            }
            else if (end is WindowEnd.Drained && _gap is null)
            {
                await _silence.NoteAsync(newest, _readAt, isLast: true, cancellationToken).ConfigureAwait(false);
            }

            if (end is not (WindowEnd.Limit or WindowEnd.Gap))
            {
                return end switch
                {
                    WindowEnd.ShardClosed => ShardEnd.ReadToEnd,
                    WindowEnd.Drained => ShardEnd.Drained,
                    _ => ShardEnd.Stopped,
                };
            }
        }
    }

    private async Task<IShardReader> OpenReaderAsync(WindowManifest? newest, CancellationToken cancellationToken)
    {
        if (newest is null)
        {
            return await _stream.OpenReaderAsync(_shard.Id, StreamPosition.TrimHorizon, cancellationToken).ConfigureAwait(false);
        }

        var silent = await ShardNotes.OfSilver(_lake).EmptyThroughAsync(newest, cancellationToken).ConfigureAwait(false);
        _seenThrough = silent > newest.LastArrived ? silent.Value : newest.LastArrived;
        var position = StreamPosition.Resume(SequenceNumber.Parse(newest.LastSequence), _seenThrough);
        var reader = await _stream.OpenReaderAsync(_shard.Id, position, cancellationToken).ConfigureAwait(false);
        return new GapFillingReader(reader, _options.Bronze ?? _lake, _stream.Name, _shard.Id, _seenThrough);
    }

    /// <summary>Cleans records into the batch until the window closes. No range: there was nothing to read.</summary>
    private async Task<(WindowRange? Range, WindowEnd End)> FillAsync(
        IShardReader reader,
        WindowId window,
        WindowManifest? before,
        SeenEvents seen,
        Drain drain,
        CancellationToken cancellationToken)
    {
        _batch.Clear();
        WindowRange? range = null;
        long bytes = 0;
        try
        {
            while (true)
            {
                if (!_hold.IsHeld)
                {
                    return (range, WindowEnd.Cancelled);
                }

                var isDraining = drain.IsRequested;
                _readAt = _clock.GetUtcNow();
                var room = _options.Limits.Records - (int)_batch.Records;
                using var records = await reader
                    .ReadAsync(Math.Min(room, ReadRecords), Math.Min(_options.Limits.Bytes - bytes, ReadBytes), cancellationToken)
                    .ConfigureAwait(false);
                if (records.Gap is { } gap)
                {
                    _found = new GapNotice("silver", _stream.Name, _shard.Id, gap, range?.LastArrived ?? _seenThrough);
                    return (range, WindowEnd.Gap);
                }

                _progress.SetLag(_shard.Id, records.Lag);
                _gauges.SetLag(records.Lag);
                if (records.Records.Count > 0)
                {
                    if (range is null)
                    {
                        _opened = _clock.GetTimestamp();
                        _gauges.OpenWindow();
                    }

                    bytes += Clean(records.Records, seen);
                    var first = records.Records[0];
                    var last = records.Records[^1];
                    range = range is null
                        ? new WindowRange(window, first.Sequence, last.Sequence, first.Arrived, last.Arrived, LastSequenceOf(before), before?.WatermarkAfter)
                        : range with { LastSequence = last.Sequence, LastArrived = last.Arrived };
                }

                if (records.EndOfShard)
                {
                    return (range, WindowEnd.ShardClosed);
                }

                if (range is not null && (_batch.Records >= _options.Limits.Records || bytes >= _options.Limits.Bytes
                    || _clock.GetElapsedTime(_opened) >= _options.Limits.Age))
                {
                    return (range, WindowEnd.Limit);
                }

                if (records.Records.Count == 0)
                {
                    // With a gap in front of what comes next, what has arrived is not known.
                    if (range is null && records.Lag == TimeSpan.Zero && _gap is null)
                    {
                        await _silence.NoteAsync(before, _readAt, isLast: false, cancellationToken).ConfigureAwait(false);
                    }

                    if (isDraining && records.Lag == TimeSpan.Zero)
                    {
                        if (_hasChildren)
                        {
                            return (range, WindowEnd.ShardClosed);
                        }

                        _hasChildren = (await _silence.ChildrenAsync(cancellationToken).ConfigureAwait(false)).Count > 0;
                        if (!_hasChildren)
                        {
                            return (range, WindowEnd.Drained);
                        }

                        // A shard with children takes no more records, also where reads at its end don't say so yet: one more read that is empty is the end.
                        continue;
                    }

                    await drain.WaitAsync(_stream.PollInterval, _clock, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (range, WindowEnd.Cancelled);
        }
    }

    private long Clean(IReadOnlyList<StreamRecord> records, SeenEvents seen)
    {
        Span<byte> sequence = stackalloc byte[SequenceNumber.MaxDigits];
        long bytes = 0;
        foreach (var record in records)
        {
            record.Sequence.TryFormat(sequence, out var digits, default, null);
            var origin = new RecordOrigin(_shardName, sequence[..digits], Iso8601.ToMicros(record.Arrived));
            _cleaner.Clean(record.Data.Span, origin, seen, _batch);
            bytes += record.Data.Length;
        }

        return bytes;
    }

    /// <returns>The window; null when another worker has committed one of its ordinal.</returns>
    private async Task<WindowManifest?> CommitAsync(WindowRange range, CancellationToken cancellationToken)
    {
        var manifest = await _writer.WriteAsync(_batch, range, cancellationToken).ConfigureAwait(false);
        await CheckGenerationAsync(range.Id.Generation, cancellationToken).ConfigureAwait(false);
        if (!await _windows.TryCommitAsync(manifest, cancellationToken).ConfigureAwait(false))
        {
            await DeleteUncommittedAsync(manifest, cancellationToken).ConfigureAwait(false);
            if (!_hold.IsShared)
            {
                throw new PipelineException(
                    $"Another worker has committed window {range.Id}: it works on this shard now. Run one 'silver' for a stream and a lake, or give all of " +
                    "them the same --lease-table.",
                    Fault.Operator,
                    null);
            }

            return null;
        }

        _arrivals.Add(manifest.LastArrived);
        _seenThrough = manifest.LastArrived;
        PipelineMetrics.Count(manifest, _clock.GetElapsedTime(_opened));
        _gauges.CloseWindow(manifest.WatermarkAfter);
        var ledger = manifest.Ledger;
        _progress.SetWatermark(_shard.Id, manifest.WatermarkAfter);
        _progress.Add(
            records: ledger.Records,
            late: manifest.LateRows,
            events: ledger.Events,
            rows: ledger.Rows,
            duplicates: ledger.Duplicates,
            refused: ledger.RefusedEvents,
            outputs: 1,
            bytes: manifest.Files.Sum(file => file.Bytes));
        return manifest;
    }

    /// <summary>
    /// Stops a worker of an earlier generation. One that asks a moment too early commits a window that is in nobody's chain: its records are
    /// cleaned again in the live generation.
    /// </summary>
    private async Task CheckGenerationAsync(int generation, CancellationToken cancellationToken)
    {
        var live = (await _windows.RefreshLineageAsync(cancellationToken).ConfigureAwait(false)).Live;
        if (live != generation)
        {
            throw new PipelineException(
                FormattableString.Invariant($"The lake {_lake.Location} was restored: generation {live} has begun while 'silver' worked in generation {generation}. ")
                + "Started again, 'silver' goes on after the live generation's newest window.",
                Fault.Ours,
                null);
        }
    }

    /// <summary>Deletes what was written for a window that another worker has committed. Safe: no manifest but that one can name such objects.</summary>
    private async Task DeleteUncommittedAsync(WindowManifest lost, CancellationToken cancellationToken)
    {
        var committed = await _windows.TryReadAsync(lost.Id, cancellationToken).ConfigureAwait(false);
        foreach (var key in lost.ObjectKeys().Except(committed?.ObjectKeys() ?? [], StringComparer.Ordinal))
        {
            await _lake.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }
}
