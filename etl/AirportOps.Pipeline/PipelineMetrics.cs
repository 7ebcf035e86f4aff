using System.Diagnostics.Metrics;
using AirportOps.Pipeline.Batch;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline;

/// <summary>
/// The instruments of the meter <c>AirportOps</c>, for whoever listens: <c>dotnet-counters</c>, OpenTelemetry, a MeterListener. Only what is committed
/// counts. Tags: <c>stage</c>, <c>stream</c> and <c>shard</c>, of files <c>clean</c> twice and no shard. What is so at a moment is
/// <see cref="ShardGauges"/>' to tell.
/// </summary>
public static class PipelineMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AirportOps";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Records = Meter.CreateCounter<long>("airportops.records", "{record}", "Records archived or cleaned");

    private static readonly Counter<long> Events = Meter.CreateCounter<long>("airportops.events", "{event}", "Events found in records");

    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("airportops.rows", "{row}", "Rows of Silver or of staging");

    private static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("airportops.duplicates", "{event}", "Events dropped as duplicates");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("airportops.refused", "{event}", "Events refused, by reason");

    private static readonly Counter<long> LateRows = Meter.CreateCounter<long>(
        "airportops.late_rows", "{row}", "Rows whose event_time lies before what their shard had reached");

    private static readonly Counter<long> Gaps = Meter.CreateCounter<long>(
        "airportops.gaps", "{gap}", "Gaps found: records that the stream dropped, or may have, before a stage came to them");

    private static readonly Counter<long> Windows = Meter.CreateCounter<long>("airportops.windows", "{window}", "Windows committed or loaded");

    private static readonly Counter<long> Objects = Meter.CreateCounter<long>("airportops.objects", "{object}", "Objects of the raw zone");

    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("airportops.bytes", "By", "Bytes put into the raw zone, or of Parquet");

    private static readonly Histogram<double> Lateness = Meter.CreateHistogram<double>(
        "airportops.window.lateness", "s", "How far the latest of a window's late rows lies before what its shard had reached");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "airportops.window.duration", "s", "From the first read of a window to its commit");

    private static readonly Histogram<double> LoadDuration = Meter.CreateHistogram<double>("airportops.load.duration", "s", "One transaction of the loader");

    /// <summary>Counts a window that was committed.</summary>
    internal static void Count(WindowManifest window, TimeSpan took)
    {
        KeyValuePair<string, object?>[] tags = [new("stage", "silver"), new("stream", window.Stream), new("shard", window.Shard)];
        Count(window.Ledger, tags);
        Windows.Add(1, tags);
        Bytes.Add(window.Files.Sum(file => file.Bytes), tags);
        LateRows.Add(window.LateRows, tags);
        Duration.Record(took.TotalSeconds, tags);
        if (window.LateRows > 0)
        {
            Lateness.Record(window.MaxLatenessSeconds, tags);
        }
    }

    /// <summary>Counts a result of files that was published.</summary>
    internal static void Count(CleanManifest result) => Count(result.Ledger, [new("stage", "clean"), new("stream", "clean")]);

    /// <summary>Counts what was archived of a shard.</summary>
    internal static void CountArchived(string stream, string shard, long records, int objects, long bytes)
    {
        KeyValuePair<string, object?>[] tags = [new("stage", "bronze"), new("stream", stream), new("shard", shard)];
        Records.Add(records, tags);
        Objects.Add(objects, tags);
        Bytes.Add(bytes, tags);
    }

    /// <summary>Counts a gap that a stage found, whether it goes on behind it or not.</summary>
    internal static void CountGap(string stage, string stream, string shard) =>
        Gaps.Add(1, [new("stage", stage), new("stream", stream), new("shard", shard)]);

    /// <summary>Counts a load that was committed.</summary>
    internal static void CountLoad(string stream, LoadOutcome outcome, TimeSpan took)
    {
        KeyValuePair<string, object?>[] tags = [new("stage", "load"), new("stream", stream)];
        Windows.Add(outcome.Batches, tags);
        Rows.Add(outcome.Rows, tags);
        Duplicates.Add(outcome.Duplicates, tags);
        LoadDuration.Record(took.TotalSeconds, tags);
    }

    private static void Count(WindowLedger ledger, KeyValuePair<string, object?>[] tags)
    {
        Records.Add(ledger.Records, tags);
        Events.Add(ledger.Events, tags);
        Rows.Add(ledger.Rows, tags);
        Duplicates.Add(ledger.Duplicates, tags);
        foreach (var (reason, events) in ledger.Refused)
        {
            Refused.Add(events, [.. tags, new("reason", reason)]);
        }
    }
}
