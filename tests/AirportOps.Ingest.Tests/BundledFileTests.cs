using System.Text;
using System.Text.Json;
using AirportOps.Reference;

namespace AirportOps.Ingest.Tests;

public sealed class BundledFileTests
{
    private static readonly string[] Statuses = ["scheduled", "boarding", "delayed", "departed", "arrived", "cancelled", "diverted"];

    [Fact]
    public void The_legs_latest_states_add_up_to_the_file_s_known_totals()
    {
        using var file = FlightFile.OpenBundled(ReferenceTables.Default);
        var events = Flights.Events(file);

        var legs = events.GroupBy(e => e.Key).Select(leg => LatestState([.. leg.Select(e => JsonDocument.Parse(e.Json).RootElement)])).ToList();
        var delays = legs.Where(leg => Text(leg, "status") == "arrived")
            .Select(leg => (leg["actual_arrival"].GetDateTimeOffset() - leg["scheduled_arrival"].GetDateTimeOffset()).TotalMinutes)
            .ToList();

        Assert.Equal(new FlightFileCounts(Rows: 46_125, Legs: 46_125, Events: 137_351, Refused: 0), file.Counts);
        Assert.Equal(46_125, legs.Count);
        Assert.Equal(1_054, legs.Count(leg => Text(leg, "status") == "cancelled"));
        Assert.Equal(101, legs.Count(leg => Text(leg, "status") == "diverted"));
        Assert.Equal(44_970, delays.Count);
        Assert.Equal(13.724, delays.Average(), tolerance: 0.0005);
        Assert.Equal(31.93, 100.0 * delays.Count(minutes => minutes >= 15) / delays.Count, tolerance: 0.005);
        Assert.Equal(332_255, legs.Sum(leg => leg.TryGetValue("late_aircraft_minutes", out var minutes) ? minutes.GetInt32() : 0));
    }

    [Fact]
    public void Every_event_id_is_unique_and_fits_an_event()
    {
        using var file = FlightFile.OpenBundled(ReferenceTables.Default);

        var ids = Flights.Events(file).Select(e => JsonDocument.Parse(e.Json).RootElement.GetProperty("event_id").GetString()!).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.InRange(ids.Max(Encoding.UTF8.GetByteCount), 1, 64);
    }

    [Fact]
    public void Every_recorded_clock_is_reproduced()
    {
        using var file = FlightFile.OpenBundled(ReferenceTables.Default);

        var report = ClockCheck.Run(file, TestContext.Current.CancellationToken);

        Assert.Empty(report.Differences);
        Assert.Equal((45_101, 45_101, 44_970, 44_970), (report.Departures, report.DeparturesEqual, report.Arrivals, report.ArrivalsEqual));
    }

    [Fact]
    public void The_size_of_a_batch_changes_nothing()
    {
        using var one = FlightFile.OpenBundled(ReferenceTables.Default);
        using var other = FlightFile.OpenBundled(ReferenceTables.Default);

        Assert.Equal(Flights.Events(one, maxRows: 7), Flights.Events(other, maxRows: 100_000));
    }

    [Fact]
    public void Reading_allocates_little_an_event_and_keeps_none_of_it()
    {
        var batch = new FlightEventBatch();
        Read();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var events = Read();

        // 263 bytes measured: the fields that CsvHelper gives as strings, and a leg's partition key.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / events, 0, 320);

        long Read()
        {
            using var file = FlightFile.OpenBundled(ReferenceTables.Default);
            while (file.Read(batch, maxRows: 500))
            {
            }

            return file.Counts.Events;
        }
    }

    /// <summary>Field by field that of the greatest event time, ties by the later status; a null never overwrites.</summary>
    private static Dictionary<string, JsonElement> LatestState(JsonElement[] events)
    {
        var state = new Dictionary<string, JsonElement>();
        foreach (var fields in events.OrderBy(e => e.GetProperty("event_time").GetString(), StringComparer.Ordinal)
            .ThenBy(e => Array.IndexOf(Statuses, e.GetProperty("status").GetString())))
        {
            foreach (var field in fields.EnumerateObject())
            {
                state[field.Name] = field.Value;
            }
        }

        return state;
    }

    private static string? Text(Dictionary<string, JsonElement> leg, string field) => leg[field].GetString();
}
