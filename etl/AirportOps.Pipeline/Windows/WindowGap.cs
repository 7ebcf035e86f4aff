using System.Globalization;

namespace AirportOps.Pipeline.Windows;

/// <summary>A hole in front of a window: records that the stream no longer had when the stage came to them.</summary>
/// <param name="After">Sequence number of the last record before it.</param>
/// <param name="LostThrough">Of the last record that is gone; null where the stream can't say.</param>
/// <param name="FirstAvailable">Of the first record behind it.</param>
/// <param name="FromArrived">Up to when all that arrived is known to have been read, UTC.</param>
/// <param name="UntilArrived">When the first record behind it arrived, UTC.</param>
/// <param name="IsCertain">Whether records were lost for certain; false: they may have been, see <see cref="Streams.RecordGap"/>.</param>
public sealed record WindowGap(
    string After, string? LostThrough, string FirstAvailable, DateTimeOffset FromArrived, DateTimeOffset UntilArrived, bool IsCertain)
{
    /// <summary>In words, for an operator.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"records between {After} and {FirstAvailable} {(IsCertain ? "were lost" : "may have been lost")}, arrived from {FromArrived.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {UntilArrived.UtcDateTime:yyyy-MM-dd HH:mm:ss}");
}
