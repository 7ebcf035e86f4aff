using System.Globalization;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline;

/// <summary>What is said when a stage finds that records it has not read are gone.</summary>
/// <param name="stage"><c>bronze</c> or <c>silver</c>.</param>
/// <param name="stream">The stream's name.</param>
/// <param name="shard">The shard's id.</param>
/// <param name="gap">What is gone.</param>
/// <param name="seenThrough">Up to when all that arrived had been read, UTC.</param>
internal sealed class GapNotice(string stage, string stream, string shard, RecordGap gap, DateTimeOffset seenThrough)
{
    /// <summary>Counts it, and ends the stage unless whoever started it accepts gaps.</summary>
    /// <param name="isAccepted">Whether to go on.</param>
    /// <param name="remedy">What else would help, a sentence; empty for nothing.</param>
    /// <exception cref="PipelineException">It is not accepted.</exception>
    internal void Raise(bool isAccepted, string remedy)
    {
        PipelineMetrics.CountGap(stage, stream, shard);
        if (!isAccepted)
        {
            throw new PipelineException(
                $"Shard {shard} of stream {stream}: {What()} after {gap.After}, the last that {stage} has; {Behind()}. {remedy}"
                + $"To go on behind the gap, and have it recorded, start '{stage}' with --accept-gap.",
                Fault.Operator,
                null);
        }
    }

    /// <summary>The gap as it is stored, in front of a record.</summary>
    internal WindowGap Before(SequenceNumber first, DateTimeOffset arrived) =>
        new(gap.After.ToString(), gap.LostThrough?.ToString(), first.ToString(), seenThrough, arrived, gap.IsCertain);

    private string What() => (gap.IsCertain, gap.LostThrough) switch
    {
        (true, { } last) => $"the stream no longer has the records up to {last}",
        (true, null) => "the stream no longer has records",
        _ => "the stream may have dropped records",
    };

    private string Behind() => gap is { FirstAvailable: { } first, FirstArrived: { } arrived }
        ? $"the first available is {first}, which arrived {Words(arrived - seenThrough)} after all had been read ({Time(seenThrough)} to {Time(arrived)})"
        : $"none is available yet, and all had been read up to {Time(seenThrough)}";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
    };
}
