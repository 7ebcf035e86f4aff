namespace AirportOps.Streams;

/// <summary>Where in a shard a reader starts; the default is the trim horizon.</summary>
/// <remarks>
/// A place that has been trimmed away starts at the oldest record there is, without an error; who resumes there
/// (<see cref="Resume"/>) is told of it by <see cref="RecordBatch.Gap"/>.
/// </remarks>
public readonly record struct StreamPosition
{
    /// <summary>The oldest record there is.</summary>
    public static StreamPosition TrimHorizon => default;

    /// <summary>Behind the newest record there is when the reader opens.</summary>
    public static StreamPosition Latest => new() { Kind = StreamPositionKind.Latest };

    /// <summary>The kind of place, which says what the other two mean.</summary>
    public StreamPositionKind Kind { get; private init; }

    /// <summary>With <see cref="StreamPositionKind.After"/>: the last record already read. Otherwise 0.</summary>
    public SequenceNumber Sequence { get; private init; }

    /// <summary>With <see cref="StreamPositionKind.AtTime"/>: the earliest arrival to read. Otherwise the default.</summary>
    public DateTimeOffset Time { get; private init; }

    /// <summary>Of a place that is resumed: up to which arrival all records are known to have been read. Otherwise null.</summary>
    public DateTimeOffset? SeenThrough { get; private init; }

    /// <summary>
    /// Whether the reader goes on with what another began, see <see cref="Resume"/>; <see cref="SeenThrough"/> is there then.
    /// </summary>
    public bool IsResumed => SeenThrough is not null;

    /// <summary>The first record whose sequence number is greater than this one, which need not be that of a record. Nothing is told of what was before.</summary>
    public static StreamPosition After(SequenceNumber sequence) => new() { Kind = StreamPositionKind.After, Sequence = sequence };

    /// <summary>
    /// The first record after the last one that was read. The reader tells of records that were trimmed away before it came, and a stream that knows what it
    /// holds refuses the place when it ends before that record: it was cut, or is another one, and what is appended to it would be passed over.
    /// </summary>
    /// <param name="lastRead">The record.</param>
    /// <param name="seenThrough">Up to which arrival all records are known to have been read.</param>
    public static StreamPosition Resume(SequenceNumber lastRead, DateTimeOffset seenThrough) =>
        new() { Kind = StreamPositionKind.After, Sequence = lastRead, SeenThrough = seenThrough.ToUniversalTime() };

    /// <summary>The first record that arrived at this instant or later; one in the future starts at the tip.</summary>
    public static StreamPosition AtTime(DateTimeOffset time) => new() { Kind = StreamPositionKind.AtTime, Time = time.ToUniversalTime() };
}
