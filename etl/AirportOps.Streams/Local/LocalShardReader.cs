using System.Diagnostics.CodeAnalysis;
using System.Text;
using AirportOps.Reliability;

namespace AirportOps.Streams;

/// <summary>Reads a shard on disk while it is written, in this process or another.</summary>
internal sealed partial class LocalShardReader : IShardReader
{
    private readonly ShardFolder _folder;
    private readonly TimeProvider _clock;
    private readonly ulong _after;
    private readonly long _arrivedFrom = long.MinValue;
    private SegmentCursor? _cursor;

    private LocalShardReader(ShardFolder folder, StreamPosition position, TimeProvider clock)
    {
        (_folder, _clock) = (folder, clock);
        if (position.Kind == StreamPositionKind.After)
        {
            _after = position.Sequence.TryGetNumber(out var number) ? number : ulong.MaxValue;
            (_lastSeen, _tellsGaps) = (_after, position.IsResumed);
        }
        else if (position.Kind == StreamPositionKind.AtTime)
        {
            // Up to the next microsecond, so that no record from before comes along.
            var time = position.Time < clock.GetUtcNow() ? position.Time : clock.GetUtcNow();
            _arrivedFrom = UnixMicros.Of(time.AddTicks(TimeSpan.TicksPerMicrosecond - 1));
        }
    }

    /// <summary>Opens a reader at a place, which takes reading at most one segment to find.</summary>
    /// <exception cref="StreamException">A segment on the way is damaged or can't be read.</exception>
    public static LocalShardReader Open(ShardFolder folder, StreamPosition position, TimeProvider clock)
    {
        var reader = new LocalShardReader(folder, position, clock);
        try
        {
            reader.Seek(position);
            return reader;
        }
        catch (Exception exception)
        {
            reader._cursor?.Dispose();
            if (Faults.IsOfFiles(exception))
            {
                throw LocalStreamFailure.Of("read", folder.Path, exception);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public Task<RecordBatch> ReadAsync(int maxRecords, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        return Task.Run(() => Read(maxRecords, maxBytes), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _cursor?.Dispose();
        _cursor = null;
        return ValueTask.CompletedTask;
    }

    private RecordBatch Read(int maxRecords, long maxBytes)
    {
        var records = new List<StreamRecord>(Math.Min(maxRecords, 1000));
        Chunk? memory = null;
        try
        {
            var bytes = 0L;
            while (TryPeek(out var frame))
            {
                if (_gap is not null)
                {
                    return memory is null ? TakeGap(frame) : Behind(records, memory);
                }

                var chunk = _cursor!.Chunk;
                bytes += frame.DataBytes;
                if (memory is not null && (records.Count == maxRecords || bytes > maxBytes || chunk != memory))
                {
                    return Behind(records, memory);
                }

                memory ??= chunk.Share();
                records.Add(ToRecord(frame, _cursor.FrameBytes));
                _lastSeen = frame.Sequence;
                _cursor.Advance();
            }
        }
        catch (Exception exception) when (exception is StreamException || Faults.IsOfFiles(exception))
        {
            // What was read before the trouble is given first; the next call meets the trouble again.
            return memory is not null
                ? Behind(records, memory)
                : throw (exception as StreamException ?? LocalStreamFailure.Of("read", _folder.Path, exception));
        }

        return _gap is not null && memory is null ? TakeGap(next: null) : new RecordBatch(records, TimeSpan.Zero, endOfShard: false, memory);
    }

    private RecordBatch Behind(List<StreamRecord> records, Chunk memory)
    {
        var age = _clock.GetUtcNow() - records[^1].Arrived;
        return new RecordBatch(records, age > TimeSpan.Zero ? age : TimeSpan.FromTicks(1), endOfShard: false, memory);
    }

    private static StreamRecord ToRecord(in Frame frame, ReadOnlyMemory<byte> bytes) => new(
        SequenceNumber.FromNumber(frame.Sequence),
        UnixMicros.ToTime(frame.ArrivedMicros),
        Encoding.UTF8.GetString(bytes.Span.Slice(Frame.HeaderBytes, frame.KeyBytes)),
        bytes[(Frame.HeaderBytes + frame.KeyBytes)..]);

    private void Seek(StreamPosition position)
    {
        var kind = position.Kind;
        var segments = _folder.Segments();
        var index = kind switch
        {
            StreamPositionKind.Latest => segments.Length - 1,
            StreamPositionKind.After => Array.FindLastIndex(segments, MayHoldAfter),
            StreamPositionKind.AtTime => Array.FindLastIndex(segments, StartsBeforeTime),
            _ => 0,
        };

        // A segment trimmed away meanwhile makes way for the next.
        for (index = Math.Max(index, 0); index < segments.Length && _cursor is null; index++)
        {
            _cursor = _folder.TryOpen(segments[index]);
        }

        LookForGap((long)(_after / SegmentHeader.SequencesPerSegment), _cursor?.Header.Number);
        if (_tellsGaps && _gap is null && !Reaches())
        {
            throw LocalStreamFailure.EndsBefore(_folder.Path, _after);
        }

        while (kind == StreamPositionKind.Latest && TryPeek(out _))
        {
            _cursor!.Advance();
        }
    }

    /// <summary>
    /// Goes up to the record after which this reader goes on, or the first one behind it. False when the log ends before: an end cut short looks
    /// like an unfinished write, but whoever has read a record knows that it was there.
    /// </summary>
    private bool Reaches()
    {
        while (TryPeekFrame(out var frame))
        {
            if (frame.Sequence >= _after)
            {
                return true;
            }

            _cursor.Advance();
        }

        return false;
    }

    private bool MayHoldAfter(long number) => (ulong)number <= _after / SegmentHeader.SequencesPerSegment;

    private bool StartsBeforeTime(long number)
    {
        using var cursor = _folder.TryOpen(number);
        return cursor?.Header.ArrivedMicrosFloor < _arrivedFrom;
    }

    /// <summary>Goes to the next record this reader is to give, if there is one.</summary>
    private bool TryPeek(out Frame frame)
    {
        while (TryPeekFrame(out frame))
        {
            if (!frame.IsSeal && frame.Sequence > _after && frame.ArrivedMicros >= _arrivedFrom)
            {
                return true;
            }

            _cursor.Advance();
        }

        return false;
    }

    /// <summary>The next frame as the cursor stands, a record or a seal, in the next segment where this one is read to its end.</summary>
    [MemberNotNullWhen(true, nameof(_cursor))]
    private bool TryPeekFrame(out Frame frame)
    {
        frame = default;
        while (_cursor is not null || TryNextSegment())
        {
            switch (_cursor!.Peek(out frame))
            {
                case FrameState.Complete:
                    return true;
                case FrameState.Bad:
                    throw LocalStreamFailure.Damaged(_cursor.Path, _cursor.Offset);
                default:
                    if (!TryNextSegment())
                    {
                        return false;
                    }

                    break;
            }
        }

        return false;
    }

    private bool TryNextSegment()
    {
        var current = _cursor?.Header.Number ?? 0;
        var next = Array.Find(_folder.Segments(), number => number > current);
        if (_cursor is not null && _folder.FirstMissing(current, next) is { } missing)
        {
            throw LocalStreamFailure.Missing(missing, ShardFolder.GivenUpSuffix);
        }

        var cursor = next > 0 ? _folder.TryOpen(next) : null;
        if (cursor is null)
        {
            return false;
        }

        // The segment left behind is final now, but may have grown between the last look at it and the birth of the next.
        if (_cursor is not null && next == current + 1 && _cursor.Offset < cursor.Header.PreviousEnd)
        {
            cursor.Dispose();
            return _cursor.Peek(out _) == FrameState.Complete ? true : throw LocalStreamFailure.Damaged(_cursor.Path, _cursor.Offset);
        }

        _cursor?.Dispose();
        _cursor = cursor;
        LookForGap(current, next);
        return true;
    }
}
