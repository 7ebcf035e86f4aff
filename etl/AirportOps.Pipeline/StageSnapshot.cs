namespace AirportOps.Pipeline;

/// <summary>What a stage has done up to now.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Records">Records taken in.</param>
/// <param name="Events">Events found in them.</param>
/// <param name="Rows">Rows put out.</param>
/// <param name="Duplicates">Events or rows dropped as duplicates.</param>
/// <param name="Refused">Events or rows refused.</param>
/// <param name="Outputs">Objects, windows or batches completed.</param>
/// <param name="Bytes">Bytes put out.</param>
/// <param name="Late">Rows that came after later ones of their shard.</param>
/// <param name="Lag">How far the stage stands behind the tip of the shard it is furthest behind.</param>
/// <param name="Watermark">The event time that every shard has reached, UTC; null where that is not known.</param>
/// <param name="IsDone">Whether the stage has ended.</param>
public sealed record StageSnapshot(
    string Stage,
    long Records,
    long Events,
    long Rows,
    long Duplicates,
    long Refused,
    long Outputs,
    long Bytes,
    long Late,
    TimeSpan Lag,
    DateTimeOffset? Watermark,
    bool IsDone)
{
    /// <summary>How often the stage has said that it lives: a stage for which this stays the same hangs, or waits for an outage to end.</summary>
    public long SignsOfLife { get; init; }

    /// <summary>How much of the input is read, 0 to 1; null where its size is not known.</summary>
    public double? ShareRead { get; init; }
}
