using AirportOps.Pipeline.Windows;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Silver;

/// <summary>What a window read.</summary>
/// <param name="Id">The window.</param>
/// <param name="FirstSequence">Of its first record.</param>
/// <param name="LastSequence">Of its last record.</param>
/// <param name="FirstArrived">Of its first record.</param>
/// <param name="LastArrived">Of its last record.</param>
/// <param name="LastSequenceBefore">Of the window before; null for the first one of a shard.</param>
/// <param name="WatermarkBefore">The greatest watermark of all earlier windows of the shard; null for none.</param>
internal sealed record WindowRange(
    WindowId Id,
    SequenceNumber FirstSequence,
    SequenceNumber LastSequence,
    DateTimeOffset FirstArrived,
    DateTimeOffset LastArrived,
    SequenceNumber? LastSequenceBefore,
    DateTimeOffset? WatermarkBefore)
{
    /// <summary>The shard is closed, and this is its last window.</summary>
    internal bool EndsShard { get; init; }

    /// <summary>A hole in front of it; null for none.</summary>
    internal WindowGap? Gap { get; init; }

    /// <summary>Ordinal of the newest earlier window with a hole in front of it; null for none.</summary>
    internal long? LastGapBefore { get; init; }
}
