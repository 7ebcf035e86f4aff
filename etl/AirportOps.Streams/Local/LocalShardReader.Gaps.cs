namespace AirportOps.Streams;

/// <content>
/// Records that were trimmed away before this reader came to them. The appender notes the last one before it deletes a segment, so that a segment that
/// is not found any more is one whose note is there.
/// </content>
internal sealed partial class LocalShardReader
{
    private readonly bool _tellsGaps;
    private ulong _lastSeen;
    private RecordGap? _gap;

    /// <summary>Sees whether what lay between two segments was trimmed away.</summary>
    /// <param name="from">The segment the reader stands in, by the last record it has seen; 0 where it has seen none.</param>
    /// <param name="to">The segment it goes on with; null where there is none.</param>
    private void LookForGap(long from, long? to)
    {
        if (!_tellsGaps || to is not { } next || next <= from)
        {
            return;
        }

        if (_folder.Trimmed() is not { } trimmed)
        {
            // Segments follow each other without a gap. An earlier version that trimmed one did not note what was in it.
            var mayBeGone = _folder.Segments() is [var oldest, ..] && oldest > Math.Max(from, 1);
            _gap = mayBeGone ? new RecordGap(SequenceNumber.FromNumber(_lastSeen), null, null, null, IsCertain: false) : null;
        }
        else if (trimmed > _lastSeen)
        {
            _gap = new RecordGap(SequenceNumber.FromNumber(_lastSeen), SequenceNumber.FromNumber(trimmed), null, null, IsCertain: true);
        }
    }

    /// <summary>The batch that tells of the gap.</summary>
    /// <param name="next">The first record behind it; null where there is none.</param>
    private RecordBatch TakeGap(Frame? next)
    {
        var gap = _gap! with
        {
            FirstAvailable = next is { } first ? SequenceNumber.FromNumber(first.Sequence) : null,
            FirstArrived = next is { } arrived ? UnixMicros.ToTime(arrived.ArrivedMicros) : null,
        };
        _gap = null;
        return new RecordBatch([], next is null ? TimeSpan.Zero : TimeSpan.FromTicks(1), endOfShard: false, memory: null) { Gap = gap };
    }
}
