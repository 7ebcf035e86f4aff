using AirportOps.Lake;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>
/// Reads a shard back from its objects by sequence number. What two archivers wrote twice, in whole objects or overlapping ones, is
/// given once.
/// </summary>
internal sealed class BronzeShardReader(ILake lake, string stream, string shard, StreamPosition position) : IShardReader
{
    private readonly BronzeCatalog _catalog = new(lake);

    /// <summary>Objects known and not read to their end.</summary>
    private readonly List<BronzeKey> _pending = [];

    /// <summary>The hour after the last one whose objects are known; null when there are no more.</summary>
    private DateTimeOffset? _nextHour = FirstHour(position);
    private DateTimeOffset _newestHour;
    private BronzeObjectReader? _object;
    private BronzeKey _objectKey;
    private SequenceNumber? _last = position.Kind == StreamPositionKind.After ? position.Sequence : null;

    /// <inheritdoc/>
    public async Task<RecordBatch> ReadAsync(int maxRecords, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        try
        {
            while (_object is not null || await OpenNextAsync(cancellationToken).ConfigureAwait(false))
            {
                var records = await _object!.ReadAsync(maxRecords, maxBytes, cancellationToken).ConfigureAwait(false);
                if (records.Count == 0)
                {
                    await EndObjectAsync().ConfigureAwait(false);
                    continue;
                }

                var wanted = records.Where(IsWanted).ToArray();
                if (_last is null || records[^1].Sequence > _last) _last = records[^1].Sequence;

                // That more may follow is all that is known of the distance to the end.
                if (wanted.Length > 0) return new RecordBatch(wanted, TimeSpan.FromTicks(1), endOfShard: false, memory: null);
            }

            return new RecordBatch([], TimeSpan.Zero, endOfShard: true, memory: null);
        }
        catch (Exception exception)
        {
            // The object is still pending: the next call reads it again, and what was given is not wanted then.
            await DisposeAsync().ConfigureAwait(false);
            if (exception is LakeException failure) throw new StreamException(failure.Message, failure.Fault, failure);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_object is not { } reader) return;
        _object = null;
        await reader.DisposeAsync().ConfigureAwait(false);
    }

    // Arrival is only nearly in the order of a shard, so the hour before a time may hold records behind it.
    private static DateTimeOffset? FirstHour(StreamPosition position) => position.Kind switch
    {
        StreamPositionKind.Latest => null,
        StreamPositionKind.AtTime when position.Time > DateTimeOffset.UnixEpoch => position.Time.AddHours(-1),
        _ => DateTimeOffset.UnixEpoch,
    };

    private bool IsWanted(StreamRecord record) =>
        (_last is null || record.Sequence > _last) && (position.Kind != StreamPositionKind.AtTime || record.Arrived >= position.Time);

    /// <summary>Opens the object that goes on furthest back; false when there is none left.</summary>
    private async Task<bool> OpenNextAsync(CancellationToken cancellationToken)
    {
        do
        {
            await LearnObjectsAsync(cancellationToken).ConfigureAwait(false);
            _pending.RemoveAll(key => key.Last <= _last);
        }
        while (_pending.Count == 0 && _nextHour is not null);

        if (_pending.Count == 0) return false;
        _objectKey = _pending.MinBy(key => key.First);
        var content = await lake.OpenReadAsync(_objectKey.ToString(), cancellationToken).ConfigureAwait(false);
        var start = new byte[BronzeLink.MaxBytes];
        var known = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (BronzeLink.TryRead(start.AsSpan(0, known), out var before) && before > (_last ?? before))
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw new StreamException(BronzeDamage.Hole(_objectKey.ToString(), _last!.Value, before.Value), Fault.Operator, null);
        }

        _object = new BronzeObjectReader(new PrefixedStream(start.AsMemory(0, known), content), _objectKey.ToString());
        return true;
    }

    /// <summary>
    /// Lists objects as far as needed to know the one that comes next. As arrival is only nearly in the order of a shard, an object may start
    /// before one of the hour before: an hour is begun when the one after it is known too.
    /// </summary>
    private async Task LearnObjectsAsync(CancellationToken cancellationToken)
    {
        while (_nextHour is { } from && !_pending.Exists(key => key.Hour < _newestHour))
        {
            if (await _catalog.NextHourAsync(stream, from, cancellationToken).ConfigureAwait(false) is not { } hour)
            {
                _nextHour = null;
                return;
            }

            _pending.AddRange(await _catalog.ListAsync(stream, shard, hour, cancellationToken).ConfigureAwait(false));
            _newestHour = hour;
            _nextHour = hour.AddHours(1);
        }
    }

    private async Task EndObjectAsync()
    {
        await DisposeAsync().ConfigureAwait(false);

        // A copy cut short decompresses without an error: the end of its input passes for the end of the data.
        if (_last is null || _last < _objectKey.Last)
        {
            throw new StreamException(
                BronzeDamage.EndsEarly(_objectKey.ToString()),
                Fault.Operator,
                null);
        }
    }
}
