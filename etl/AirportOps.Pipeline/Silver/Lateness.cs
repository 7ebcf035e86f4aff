using AirportOps.Cleaning;

namespace AirportOps.Pipeline.Silver;

/// <summary>How late the rows of a window are.</summary>
internal static class Lateness
{
    /// <summary>Counts the rows whose event_time lies before what the shard had reached, and how far the farthest does.</summary>
    /// <param name="rowSets">The window's rows.</param>
    /// <param name="watermarkBefore">The greatest event_time of all earlier windows; null for none, and then nothing is late.</param>
    internal static (long LateRows, TimeSpan MaxLateness) Of(IEnumerable<RowSet> rowSets, DateTimeOffset? watermarkBefore)
    {
        if (watermarkBefore is not { } watermark)
        {
            return (0, TimeSpan.Zero);
        }

        var reached = Iso8601.ToMicros(watermark);
        var late = 0L;
        var earliest = reached;
        foreach (var rows in rowSets)
        {
            foreach (var eventTime in rows.EventTimes)
            {
                late += eventTime < reached ? 1 : 0;
                earliest = Math.Min(earliest, eventTime);
            }
        }

        return (late, TimeSpan.FromMicroseconds(reached - earliest));
    }
}
