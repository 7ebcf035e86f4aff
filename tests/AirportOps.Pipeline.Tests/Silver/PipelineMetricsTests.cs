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
            Note(measured, instrument, value < 60 ? "seconds" : $"{value:0}", tags));
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
                "records 2", "events 2", "rows 1", "duplicates 1", "windows 1", "bytes", "late_rows 0", "window.duration seconds",
                "records 2", "events 2", "rows 1", "duplicates 0", "refused 1 not_json", "windows 1", "bytes", "late_rows 1", "window.duration seconds",
                "window.lateness 3600",
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
        if (tags is [{ Value: "silver" }, { Value: "measured" }, { Value: "a" }, ..])
        {
            var reason = tags.Length > 3 ? $" {tags[3].Value}" : string.Empty;
            var name = instrument.Name["airportops.".Length..];
            measured.Enqueue(name is "bytes" ? name : $"{name} {value}{reason}");
        }
    }
}
