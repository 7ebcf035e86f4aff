using AirportOps.Lake;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Pipeline.Workers;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>Archives one shard. One object is put after the other, so that whatever comes before the greatest name is there.</summary>
internal sealed class ShardArchiver(
    IEventStream stream, string shard, ShardHold hold, ILake lake, BronzeLimits limits, bool acceptGap, TimeProvider clock,
    Drain drain, StageProgress progress)
{
    private const int MaxBatchRecords = 5_000;
    private const long MaxBatchBytes = 4 << 20;

    /// <summary>How often in a row another archiver may be found to be ahead before this one leaves the shard to it.</summary>
    private const int MaxTimesOvertaken = 3;

    /// <summary>
    /// How often to note that all is archived. Only the stream's retention is held against it, which is a day or more on a service.
    /// </summary>
    private static readonly TimeSpan NoteInterval = TimeSpan.FromHours(1);

    /// <summary>How far back an archive without a note is searched: a list an hour.</summary>
    private static readonly TimeSpan LongestSearch = TimeSpan.FromDays(8);

    private readonly BronzeCatalog _catalog = new(lake);
    private readonly ShardNotes _notes = ShardNotes.OfBronze(lake);
    private ShardGauges? _gauges;
    private long _openedAt;
    private int _timesOvertaken;
    private long? _lookedForOthers;

    /// <summary>A hole in front of the next record, accepted; null for none.</summary>
    private GapNotice? _gap;

    /// <summary>Up to when all that arrived is archived, as far as that is known.</summary>
    private DateTimeOffset _seenThrough;
    private DateTimeOffset? _noted;

    /// <summary>
    /// Archives until the shard is closed and read, or all is archived after a drain was requested. Once the shard is no longer this worker's,
    /// nothing is put any more.
    /// </summary>
    public async Task<ShardEnd> RunAsync(CancellationToken cancellationToken)
    {
        using var gauges = new ShardGauges("bronze", stream.Name, shard, clock)
            .WithRetention(await stream.GetRetentionAsync(cancellationToken).ConfigureAwait(false));
        _gauges = gauges;
        using var builder = new BronzeObjectBuilder(stream.Name, shard);
        var position = await FindPositionAsync(cancellationToken).ConfigureAwait(false);
        builder.GoOnAfter(position.Kind == StreamPositionKind.After ? position.Sequence : null);
        try
        {
            while (true)
            {
                var (end, other) = await ArchiveFromAsync(position, builder, cancellationToken).ConfigureAwait(false);
                if (other is not { } behindOther)
                {
                    progress.SetLag(shard, TimeSpan.Zero);
                    return end;
                }

                builder.Reset();
                builder.GoOnAfter(behindOther);
                position = StreamPosition.After(behindOther);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && builder.Records > 0)
        {
            // What was read is put even when a stop is asked for: it would only have to be read again.
            if (hold.IsHeld) await PutAsync(builder).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Archives from a place on.</summary>
    /// <returns>Why it ended, or, when another archiver is found to be ahead, what that one has archived up to.</returns>
    private async Task<(ShardEnd End, SequenceNumber? Other)> ArchiveFromAsync(
        StreamPosition position, BronzeObjectBuilder builder, CancellationToken cancellationToken)
    {
        var reader = await stream.OpenReaderAsync(shard, position, cancellationToken).ConfigureAwait(false);
        await using var ownedReader = reader.ConfigureAwait(false);
        while (true)
        {
            var isLastRound = drain.IsRequested;
            var readAt = clock.GetUtcNow();
            using var batch = await reader.ReadAsync(MaxBatchRecords, MaxBatchBytes, cancellationToken).ConfigureAwait(false);
            if (!hold.IsHeld) return (ShardEnd.Overtaken, null);
            if (batch.Gap is { } gap)
            {
                // What was read before it is put first: the gap is behind that.
                if (await PutAsync(builder).ConfigureAwait(false) is { } before) return (ShardEnd.Overtaken, before);
                _gap = new GapNotice("bronze", stream.Name, shard, gap, _seenThrough);
                _gap.Raise(acceptGap, remedy: "");
                continue;
            }

            for (var i = 0; i < batch.Records.Count; i++)
            {
                var record = batch.Records[i];
                if (!HasRoomFor(builder, record) && await PutAsync(builder).ConfigureAwait(false) is { } other) return (ShardEnd.Overtaken, other);
                if (builder.Records == 0) _openedAt = clock.GetTimestamp();
                await RecordGapAsync(record).ConfigureAwait(false);
                builder.Add(record);
                _seenThrough = record.Arrived;
            }

            progress.SetLag(shard, batch.Lag);
            _gauges?.SetLag(batch.Lag);
            var isCaughtUp = batch.Records.Count == 0 && batch.Lag == TimeSpan.Zero;
            var isDone = batch.EndOfShard || (isLastRound && isCaughtUp);
            if (builder.Records > 0 && (isDone || Remaining() <= TimeSpan.Zero)
                && await PutAsync(builder).ConfigureAwait(false) is { } ahead)
            {
                return (ShardEnd.Overtaken, ahead);
            }

            if (isCaughtUp && builder.Records == 0) await NoteAsync(readAt, cancellationToken).ConfigureAwait(false);
            if (isDone) return (batch.EndOfShard ? ShardEnd.ReadToEnd : ShardEnd.Drained, null);
            if (isCaughtUp && !isLastRound)
            {
                var wait = builder.Records > 0 && Remaining() < stream.PollInterval ? Remaining() : stream.PollInterval;
                await drain.WaitAsync(wait, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool HasRoomFor(BronzeObjectBuilder builder, in StreamRecord record) =>
        builder.Records == 0
        || (builder.Records < limits.Records
            && builder.DataBytes + record.Data.Length <= limits.Bytes
            && builder.Hour == BronzeKey.HourOf(record.Arrived));

    /// <summary>Time until the open object is old enough; not positive when it is.</summary>
    private TimeSpan Remaining() => limits.Age - clock.GetElapsedTime(_openedAt);

    /// <summary>
    /// Puts the object, unless another archiver has put its first record already, and empties the builder. Never cancelled half-way, when
    /// nobody could know whether the object is there.
    /// </summary>
    /// <returns>Null, or what the other has archived up to.</returns>
    private async Task<SequenceNumber?> PutAsync(BronzeObjectBuilder builder)
    {
        if (builder.Records == 0) return null;
        if (IsTimeToLook() && await FindOtherAsync(builder).ConfigureAwait(false) is { } ahead) return ahead;

        var (key, content) = builder.Finish();

        // Not created: another archiver was faster by a moment, with the same records.
        var isCreated = await lake.PutAsync(key, content, PutMode.IfAbsent, CancellationToken.None).ConfigureAwait(false);
        progress.Add(records: builder.Records, outputs: isCreated ? 1 : 0, bytes: isCreated ? content.Length : 0);
        PipelineMetrics.CountArchived(stream.Name, shard, builder.Records, isCreated ? 1 : 0, isCreated ? content.Length : 0);
        builder.StartNext();
        _timesOvertaken = 0;
        if (!isCreated) _lookedForOthers = null;
        return null;
    }

    /// <summary>
    /// Whether to look for another archiver before an object is put. A look is a list, which costs as much as the put where requests are paid: there at the
    /// first object and every few minutes. What two archivers put meanwhile is in the archive twice, and <see cref="BronzeStream"/> gives it once.
    /// </summary>
    private bool IsTimeToLook()
    {
        if (lake.Pace != LookPace.OfDirectory && _timesOvertaken == 0 && _lookedForOthers is { } last && clock.GetElapsedTime(last) < lake.Pace.NewShards)
        {
            return false;
        }

        _lookedForOthers = clock.GetTimestamp();
        return true;
    }

    /// <summary>
    /// Looks for another archiver: an operator's mistake, or the last put of a process that was replaced, which came late. An object that
    /// holds our first record lies in our hour, as its records all arrived in one.
    /// </summary>
    /// <exception cref="PipelineException">It happened again and again.</exception>
    private async Task<SequenceNumber?> FindOtherAsync(BronzeObjectBuilder builder)
    {
        var objects = await _catalog.ListAsync(stream.Name, shard, builder.Hour, CancellationToken.None).ConfigureAwait(false);
        var first = builder.First;
        if (!objects.Exists(other => other.Last >= first)) return null;

        if (++_timesOvertaken > MaxTimesOvertaken && !hold.IsShared)
        {
            throw new PipelineException(
                $"Another archiver is at work on shard {shard} of stream {stream.Name} and keeps ahead of this one; nothing is missing in {lake.Location}."
                + " Run one archiver a stream, or give all of them the same --lease-table.",
                Fault.Operator,
                null);
        }

        return (await _catalog.NewestAsync(stream.Name, shard, builder.Hour, clock.GetUtcNow(), CancellationToken.None).ConfigureAwait(false))?.Last;
    }

    /// <summary>Puts the record of an accepted gap, before anything that is behind it.</summary>
    private async Task RecordGapAsync(StreamRecord first)
    {
        if (_gap is { } gap)
        {
            await BronzeGap.PutAsync(lake, stream.Name, shard, gap.Before(first.Sequence, first.Arrived), CancellationToken.None).ConfigureAwait(false);
            _gap = null;
        }
    }

    /// <summary>Notes now and then that all which has arrived is archived, so that a shard that is long silent is not taken for a stage that was long down.</summary>
    private async Task NoteAsync(DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var through = readAt - ShardSilence.Margin;
        if (_gap is not null || (_noted is { } noted && through - noted < NoteInterval)) return;
        await _notes.WriteAsync(new ShardNote { Stream = stream.Name, Shard = shard, Ordinal = 0, EmptyThrough = through }, cancellationToken)
            .ConfigureAwait(false);
        (_noted, _seenThrough) = (through, through > _seenThrough ? through : _seenThrough);
    }

    /// <summary>
    /// Where to go on: after the greatest number among the objects' names. Hours from which the stream still has records are searched first, so that a
    /// long history costs nothing; then, for an archiver that was down for longer than that, those before.
    /// </summary>
    public async Task<StreamPosition> FindPositionAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var silent = await _notes.ArchivedThroughAsync(stream.Name, shard, cancellationToken).ConfigureAwait(false);
        var oldest = await OldestArrivalAsync(cancellationToken).ConfigureAwait(false) ?? now;
        var newest = await _catalog.NewestAsync(stream.Name, shard, oldest, now, cancellationToken).ConfigureAwait(false)
            ?? await NewestBeforeAsync(oldest, silent, cancellationToken).ConfigureAwait(false);
        if (newest is not { } archived) return StreamPosition.TrimHorizon;

        // The name tells the hour alone: what arrived at its begin has been read for certain.
        _seenThrough = silent > archived.Hour ? silent.Value : archived.Hour;
        return StreamPosition.Resume(archived.Last, _seenThrough);
    }

    /// <summary>The newest object from before what the stream still has; null when there is none.</summary>
    private async Task<BronzeKey?> NewestBeforeAsync(DateTimeOffset oldest, DateTimeOffset? silent, CancellationToken cancellationToken)
    {
        if (await _catalog.NextHourAsync(stream.Name, DateTimeOffset.UnixEpoch, cancellationToken).ConfigureAwait(false) is not { } first) return null;

        // A shard without a note was never read to its tip: it is new, or an earlier version's, and the days before are few.
        var from = silent is null ? oldest - LongestSearch : first;
        return await _catalog.NewestAsync(stream.Name, shard, from > first ? from : first, oldest, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DateTimeOffset?> OldestArrivalAsync(CancellationToken cancellationToken)
    {
        var reader = await stream.OpenReaderAsync(shard, StreamPosition.TrimHorizon, cancellationToken).ConfigureAwait(false);
        await using var ownedReader = reader.ConfigureAwait(false);
        while (true)
        {
            using var batch = await reader.ReadAsync(maxRecords: 1, maxBytes: 1, cancellationToken).ConfigureAwait(false);
            if (batch.Records.Count > 0) return batch.Records[0].Arrived;
            if (batch.Lag == TimeSpan.Zero || batch.EndOfShard) return null;
        }
    }
}
