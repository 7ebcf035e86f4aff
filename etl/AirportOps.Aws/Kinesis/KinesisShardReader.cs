using AirportOps.Aws.Connecting;
using AirportOps.Reliability;
using AirportOps.Streams;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace AirportOps.Aws.Kinesis;

/// <summary>
/// Reads a shard as one of several readers: a shard gives five reads and 2 MB a second to all of them together
/// (<see cref="KinesisStreamOptions.PollInterval"/>, <see cref="KinesisStreamOptions.ReadInterval"/>). Callers get the records of a read in the pieces they want.
/// The first read asks for no more than the caller does: who only looks pays for a look.
/// </summary>
/// <remarks>
/// A call that comes early waits for its turn. So a fresh record is there within <see cref="KinesisStreamOptions.PollInterval"/> and the time a read takes.
/// </remarks>
internal sealed partial class KinesisShardReader : IShardReader
{
    private const string GetIterator = "kinesis:GetShardIterator";
    private const string GetRecords = "kinesis:GetRecords";
    private static readonly TimeSpan LeastLag = TimeSpan.FromTicks(1);

    private readonly IAmazonKinesis _client;
    private readonly KinesisPlace _place;
    private readonly string _shardId;
    private readonly ReadPace _pace;
    private readonly TimeProvider _clock;
    private readonly KinesisFailures _failures;
    private readonly Random _jitter;

    private GetShardIteratorRequest _start;
    private string? _iterator;
    private List<Record> _fetched = [];
    private int _given;
    private TimeSpan _lagBehindFetched = LeastLag;
    private bool _isFirstRead = true;
    private int _readRecords = KinesisLimits.ReadRecords;
    private int _failedReads;
    private long _lastRead;
    private TimeSpan _gap = TimeSpan.Zero;

    private KinesisShardReader(
        IAmazonKinesis client,
        KinesisPlace place,
        string shardId,
        StreamPosition position,
        TimeSpan? retention,
        ReadPace pace,
        OutageReporter outage,
        TimeProvider clock)
    {
        (_retention, _seenThrough, _lastSeen) = (retention, position.SeenThrough, position.Sequence);
        (_client, _place, _shardId, _pace, _clock) = (client, place, shardId, pace, clock);
        _failures = new KinesisFailures(place, outage, clock);
        _jitter = new Random(unchecked((int)clock.GetTimestamp()));
        _start = StartAt(position);
    }

    /// <summary>Opens a reader at a place.</summary>
    /// <exception cref="StreamException">The stream has no such shard or place, or can't be reached.</exception>
    public static async Task<KinesisShardReader> OpenAsync(
        IAmazonKinesis client,
        KinesisPlace place,
        string shardId,
        StreamPosition position,
        TimeSpan? retention,
        ReadPace pace,
        AwsCalls calls,
        OutageReporter outage,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var reader = new KinesisShardReader(client, place, shardId, position, retention, pace, outage, clock);
        reader._iterator = await calls.CallAsync(
            reader.GetIteratorAsync, exception => place.Describe(exception, GetIterator), _ => place.Options.Patience, place.Failure, cancellationToken)
            .ConfigureAwait(false);
        return reader;
    }

    /// <inheritdoc/>
    public async Task<RecordBatch> ReadAsync(int maxRecords, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        cancellationToken.ThrowIfCancellationRequested();
        if (_given == _fetched.Count && _iterator is not null
            && !await TryFetchAsync(maxRecords, cancellationToken).ConfigureAwait(false))
        {
            // Throttled or away: there may be more, and the caller comes again.
            return new RecordBatch([], _lagBehindFetched > TimeSpan.Zero ? _lagBehindFetched : LeastLag, endOfShard: false, null);
        }

        if (TakeGap() is { } gap)
        {
            return gap;
        }

        var records = Take(maxRecords, maxBytes);
        var isDrained = _given == _fetched.Count;
        var isAtEnd = isDrained && _iterator is null;
        var lag = isAtEnd ? TimeSpan.Zero : isDrained ? _lagBehindFetched : LagOf(_fetched[_given]);
        return new RecordBatch(records, lag, isAtEnd, null);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Reads on from the iterator; false when that is to be tried again later.</summary>
    private async Task<bool> TryFetchAsync(int maxRecords, CancellationToken cancellationToken)
    {
        var limit = _isFirstRead ? Math.Min(maxRecords, _readRecords) : _readRecords;
        await WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await LookForGapAsync(cancellationToken).ConfigureAwait(false);
            var started = _clock.GetUtcNow();
            var answer = await _client
                .GetRecordsAsync(new GetRecordsRequest { ShardIterator = _iterator, Limit = limit }, cancellationToken).ConfigureAwait(false);
            _failures.End();
            Accept(answer, limit);
            See(started);
            return true;
        }
        catch (ExpiredIteratorException)
        {
            return await TryRenewIteratorAsync(cancellationToken).ConfigureAwait(false)
                && await TryFetchAsync(maxRecords, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
        {
            Wait(exception, GetRecords);
            return false;
        }
    }

    /// <summary>Gets an iterator in place of one that has expired; false when that is to be tried again later.</summary>
    private async Task<bool> TryRenewIteratorAsync(CancellationToken cancellationToken)
    {
        try
        {
            _iterator = await GetIteratorAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
        {
            Wait(exception, GetIterator);
            return false;
        }
    }

    private void Wait(Exception exception, string action)
    {
        _failures.Meet(exception, action);
        _gap = _place.Options.RetryAfter(_failedReads++, _jitter);
    }

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (_gap - _clock.GetElapsedTime(_lastRead) is { Ticks: > 0 } early)
        {
            await Task.Delay(early, _clock, cancellationToken).ConfigureAwait(false);
        }

        await _pace.WaitAsync(cancellationToken).ConfigureAwait(false);
        _lastRead = _clock.GetTimestamp();
    }

    private void Accept(GetRecordsResponse answer, int limit)
    {
        _isFirstRead = false;
        _failedReads = 0;
        _fetched = answer.Records ?? [];
        _given = 0;
        _iterator = string.IsNullOrEmpty(answer.NextShardIterator) ? null : answer.NextShardIterator;
        _lagBehindFetched = TimeSpan.FromMilliseconds(Math.Max(0, answer.MillisBehindLatest ?? 0));
        if (_fetched.Count > 0)
        {
            _start = StartAt(StreamPosition.After(SequenceNumber.Parse(_fetched[^1].SequenceNumber!)));

            // A full answer may have more behind it, whatever it says: emulators say zero with a backlog.
            if (_fetched.Count >= limit && _lagBehindFetched == TimeSpan.Zero)
            {
                _lagBehindFetched = LeastLag;
            }
        }

        _gap = _lagBehindFetched > TimeSpan.Zero ? _place.Options.ReadInterval : _place.Options.PollInterval;
        _readRecords = _place.Options.RecordsOfReads(_fetched.Count, _fetched.Sum(record => record.Data?.Length ?? 0)) ?? _readRecords;
    }

    /// <summary>Gets an iterator for where the reader stands.</summary>
    private async Task<string> GetIteratorAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _client.GetShardIteratorAsync(_start, cancellationToken).ConfigureAwait(false)).ShardIterator!;
        }
        catch (ResourceNotFoundException missing)
        {
            throw new StreamException(
                $"The stream kinesis:{_place.Name} has no shard '{_shardId}' (any more): list the shards anew.", Fault.Operator, missing);
        }
        catch (InvalidArgumentException wrong) when (_start.StartingSequenceNumber is { } sequence)
        {
            throw new StreamException(
                $"The shard '{_shardId}' of kinesis:{_place.Name} has no place after sequence number {sequence}; if the stream was deleted and"
                + $" created anew, give it another name or start with another lake ({wrong.Message}).",
                Fault.Operator,
                wrong);
        }
    }

    private List<StreamRecord> Take(int maxRecords, long maxBytes)
    {
        var records = new List<StreamRecord>(Math.Min(maxRecords, _fetched.Count - _given));
        for (long bytes = 0; _given < _fetched.Count && records.Count < maxRecords; _given++)
        {
            var record = _fetched[_given];
            var data = DataOf(record);
            bytes += data.Length;
            if (records.Count > 0 && bytes > maxBytes)
            {
                break;
            }

            records.Add(new StreamRecord(SequenceNumber.Parse(record.SequenceNumber!), ArrivedOf(record), record.PartitionKey ?? string.Empty, data));
        }

        return records;
    }

    private TimeSpan LagOf(Record next)
    {
        var age = _clock.GetUtcNow() - ArrivedOf(next);
        return age > LeastLag ? age : LeastLag;
    }

    private static DateTimeOffset ArrivedOf(Record record) => new(record.ApproximateArrivalTimestamp ?? DateTime.UnixEpoch, TimeSpan.Zero);

    private static ReadOnlyMemory<byte> DataOf(Record record) =>
        record.Data is { } data && data.TryGetBuffer(out var bytes) ? bytes : ReadOnlyMemory<byte>.Empty;

    private GetShardIteratorRequest StartAt(StreamPosition position)
    {
        var request = new GetShardIteratorRequest { StreamName = _place.Name, ShardId = _shardId };
        switch (position.Kind)
        {
            case StreamPositionKind.TrimHorizon:
                request.ShardIteratorType = ShardIteratorType.TRIM_HORIZON;
                break;
            case StreamPositionKind.After:
                request.ShardIteratorType = ShardIteratorType.AFTER_SEQUENCE_NUMBER;
                request.StartingSequenceNumber = position.Sequence.ToString();
                break;

            // The service refuses instants in the future, and records carry whole milliseconds: up to the next, so that none from before comes along.
            case StreamPositionKind.AtTime when position.Time <= _clock.GetUtcNow():
                request.ShardIteratorType = ShardIteratorType.AT_TIMESTAMP;
                request.Timestamp = UpToMillisecond(position.Time.UtcDateTime);
                break;
            default:
                request.ShardIteratorType = ShardIteratorType.LATEST;
                break;
        }

        return request;
    }

    private static DateTime UpToMillisecond(DateTime time)
    {
        var past = time.Ticks % TimeSpan.TicksPerMillisecond;
        return past == 0 ? time : time.AddTicks(TimeSpan.TicksPerMillisecond - past);
    }
}
