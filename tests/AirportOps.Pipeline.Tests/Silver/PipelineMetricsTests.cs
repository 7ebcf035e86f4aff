using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using AirportOps.Lake;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Tests.Bronze;
using AirportOps.Reference;

namespace AirportOps.Pipeline.Tests.Silver;

public sealed class PipelineMetricsTests
{
    [Fact]
    public async Task What_becomes_of_events_is_measured_window_by_window()
    {
        var measured = new ConcurrentQueue<string>();
        using var listener = new MeterListener { InstrumentPublished = Listen };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(measured, instrument, $"{value}", tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            Note(measured, instrument, instrument.Name.EndsWith("lag", StringComparison.Ordinal) ? $"{value:0}" : value < 60 ? "seconds" : $"{value:0}", tags));
        listener.Start();
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var stream = new MemoryEventStream("measured").AddShard("a");
        string[] records =
        [
            SilverScene.Reading(1, "2026-03-01T12:00:00Z"),
            SilverScene.Reading(1, "2026-03-01T12:00:00Z"),
            SilverScene.Reading(2, "2026-03-01T11:00:00Z"),
            "not json",
        ];
        for (var i = 0; i < records.Length; i++)
        {
            stream.Append("a", $"{i + 1}", noon, "k", Encoding.UTF8.GetBytes(records[i]));
        }

        using var folder = new TemporaryFolder();
        var clock = new ManualClock(noon.AddMinutes(5));
        await new SilverStage(
            stream, FileLake.Open(folder.Path, TimeProvider.System), ReferenceTables.Default, SilverScene.Windows(2), new StageProgress("silver"), clock)
            .RunAsync(Drain.Now(), TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "records 2", "rows 1", "duplicates 1", "late_rows 0", "window.duration seconds", "watermark.lag 300",
                "records 2", "rows 1", "duplicates 0", "refused 1 not_json", "late_rows 1", "window.duration seconds", "window.lateness 3600", "watermark.lag 300",
            ],
            measured);
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == PipelineMetrics.MeterName)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    /// <summary>Other tests measure at the same time, on streams of other names.</summary>
    private static void Note(ConcurrentQueue<string> measured, Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags[0].Value is "measured")
        {
            var reason = tags.Length > 2 ? $" {tags[2].Value}" : string.Empty;
            measured.Enqueue($"{instrument.Name["airportops.".Length..]} {value}{reason}");
        }
    }
}
