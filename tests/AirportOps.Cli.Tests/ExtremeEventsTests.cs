using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AirportOps.Cli.Tests.Support;
using AirportOps.Streams;

namespace AirportOps.Cli.Tests;

/// <summary>Whatever a source sends, the pipeline takes or refuses it, and all of Gold can be read.</summary>
public sealed class ExtremeEventsTests
{
    private const int Events = 10_000;

    [Theory]
    [InlineData(1)]
    public async Task Ten_thousand_extreme_events_reach_every_view(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var folder = new TestFolder();
        await SendAsync(folder, new ExtremeEvents(new Random(seed)).Take(Events));

        var ran = (await folder.RunAsync("run", "--once", "--json")).Done().Json;

        var silver = ran.GetProperty("silver");
        Assert.Equal(Events, Count(silver, "events"));
        Assert.Equal(Events, Count(silver, "rows") + Count(silver, "duplicates") + Count(silver, "refused"));
        Assert.InRange(Count(silver, "rows"), Events / 2, Events);
        Assert.All(
            await RowsAsync(folder, "SELECT COUNT(*) FROM staging.flight_event UNION ALL SELECT COUNT(*) FROM staging.baggage_event UNION ALL SELECT COUNT(*) FROM staging.security_event UNION ALL SELECT COUNT(*) FROM staging.ground_event"),
            row => Assert.InRange(row[0].GetInt32(), Events / 20, Events));
        var views = await RowsAsync(folder, "SELECT table_schema || '.' || table_name FROM information_schema.views WHERE table_schema IN ('bi', 'ops') ORDER BY 1");
        Assert.InRange(views.Count, 10, 100);
        foreach (var view in views.Select(row => row[0].GetString()!))
        {
            var rows = (await RowsAsync(folder, $"SELECT * FROM {view}")).Count;
            Assert.True(view == "bi.live_flights" || (view == "ops.key_set_aside") == (rows == 0), $"seed {seed}: {view} has {rows} rows");
        }

        var tested = (await folder.RunAsync("gold", "test", "--json")).Json;
        Assert.Equal(0, tested.GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task Each_event_that_once_stopped_a_build_or_a_view_is_built_without_what_nobody_meant()
    {
        await using var folder = new TestFolder();
        await SendAsync(folder, FaultFiles());

        (await folder.RunAsync("run", "--once")).Done();

        Assert.Equal(
            [
                "derived_date_year0 1|flight_date 2026-03-01",
                "gold_poison_9999_departure 1|2026-03-01 14:00:00",
                "gold_poison_9999_turnaround 1|2026-03-01 04:00:00 2026-03-01 14:00:00",
                "gold_poison_9999_turnaround 2|",
                "zero_time_0001_scheduled_departure 1|2026-03-01 14:00:00",
                "zero_time_0001_turnaround 1|",
                "zero_time_0001_turnaround 2|2026-03-02 10:00:00",
            ],
            (await RowsAsync(
                folder,
                """
                SELECT event_id, TRIM(CASE WHEN event_id LIKE 'derived%' THEN 'flight_date ' || flight_date ELSE '' END || COALESCE(scheduled_departure || ' ', '')
                    || COALESCE(actual_departure || ' ', '') || COALESCE(actual_arrival || '', ''))
                FROM staging.flight_event ORDER BY 1
                """)).Select(row => $"{row[0]}|{row[1]}"));
        Assert.Equal(["1", "5", ""], (await RowsAsync(folder, "SELECT readings, CAST(avg_wait_minutes AS INTEGER), avg_lanes_open FROM bi.security_waits_hourly"))[0].Select(value => value.ToString()));
        foreach (var view in (string[])["airline_delays_daily", "route_performance", "turnaround_vs_passengers", "airport_hourly"])
        {
            await RowsAsync(folder, $"SELECT * FROM bi.{view}");
        }
    }

    private static int Count(JsonElement result, string name) => result.GetProperty(name).GetInt32();

    private static async Task<List<JsonElement[]>> RowsAsync(TestFolder folder, string query) =>
        [.. (await folder.RunAsync("sql", query, "--json")).Done().Json.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().ToArray())];

    /// <summary>The lines of the files, each with an id that says whence it is.</summary>
    private static IEnumerable<string> FaultFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("faults/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            for (var line = 1; reader.ReadLine() is { Length: > 0 } text; line++)
            {
                var one = JsonNode.Parse(text)!;
                one["event_id"] = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(name)} {line}");
                yield return one.ToJsonString();
            }
        }
    }

    private static async Task SendAsync(TestFolder folder, IEnumerable<string> events)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var stream = LocalStream.Open(folder[".airportops/stream/airport-events"], new LocalStreamOptions(), TimeProvider.System);
        await using var writer = await stream.OpenWriterAsync(cancellationToken);
        foreach (var batch in events.Index().Chunk(500))
        {
            await writer.WriteAsync(
                [.. batch.Select(one => new OutgoingRecord(string.Create(CultureInfo.InvariantCulture, $"{one.Index % 7}"), Encoding.UTF8.GetBytes(one.Item)))], cancellationToken);
        }
    }
}
