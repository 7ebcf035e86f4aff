using System.Diagnostics.Metrics;
using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline;

/// <summary>
/// The instruments of the meter <c>AirportOps</c>, for whoever listens: <c>dotnet-counters</c>, OpenTelemetry, a MeterListener. Only what is committed
/// counts. Tags: <c>stream</c> and <c>shard</c>, of files <c>clean</c> and none.
/// </summary>
public static class PipelineMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AirportOps";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Records = Meter.CreateCounter<long>("airportops.records", "{record}", "Records cleaned");

    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("airportops.rows", "{row}", "Rows of Silver");

    private static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("airportops.duplicates", "{event}", "Events dropped as duplicates");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("airportops.refused", "{event}", "Events refused, by reason");

    private static readonly Counter<long> LateRows = Meter.CreateCounter<long>(
        "airportops.late_rows", "{row}", "Rows whose event_time lies before what their shard had reached");

    private static readonly Histogram<double> Lateness = Meter.CreateHistogram<double>(
        "airportops.window.lateness", "s", "How far the latest of a window's late rows lies before what its shard had reached");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "airportops.window.duration", "s", "From the first read of a window to its commit");

    private static readonly Gauge<double> WatermarkLag = Meter.CreateGauge<double>(
        "airportops.watermark.lag", "s", "How far the greatest event_time of a shard lies behind the clock at the commit of a window");

    /// <summary>Counts a window that was committed.</summary>
    internal static void Count(WindowManifest window, TimeSpan took, DateTimeOffset now)
    {
        KeyValuePair<string, object?>[] tags = [new("stream", window.Stream), new("shard", window.Shard)];
        Count(window.Ledger, tags);
        LateRows.Add(window.LateRows, tags);
        Duration.Record(took.TotalSeconds, tags);
        if (window.LateRows > 0)
        {
            Lateness.Record(window.MaxLatenessSeconds, tags);
        }

        if (window.WatermarkAfter is { } watermark)
        {
            WatermarkLag.Record((now - watermark).TotalSeconds, tags);
        }
    }

    /// <summary>Counts a result of files that was published.</summary>
    internal static void Count(CleanManifest result) => Count(result.Ledger, [new("stream", "clean")]);

    private static void Count(WindowLedger ledger, KeyValuePair<string, object?>[] tags)
    {
        Records.Add(ledger.Records, tags);
        Rows.Add(ledger.Rows, tags);
        Duplicates.Add(ledger.Duplicates, tags);
        foreach (var (reason, events) in ledger.Refused)
        {
            Refused.Add(events, [.. tags, new("reason", reason)]);
        }
    }
}
