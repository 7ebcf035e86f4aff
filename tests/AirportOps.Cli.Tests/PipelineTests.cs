using System.Text.Json;
using System.Text.Json.Nodes;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests;

[Collection(typeof(OnePipeline))]
public sealed class PipelineTests(PipelineFixture pipeline)
{
    private TestFolder Folder => pipeline.Folder;

    [Fact]
    public void Every_event_sent_is_a_row_a_duplicate_or_refused()
    {
        var records = Count(pipeline.Simulated, "records") + Flights.Events;
        var silver = pipeline.Ran.GetProperty("silver");

        Assert.Equal(records, Count(pipeline.Ran.GetProperty("bronze"), "records"));
        Assert.Equal(records, Count(silver, "records"));
        Assert.Equal(PipelineFixture.SimulatedEvents + Flights.Events, Count(silver, "events"));
        Assert.Equal(Count(silver, "events"), Count(silver, "rows") + Count(silver, "duplicates") + Count(silver, "refused"));
        Assert.Equal(Count(silver, "rows"), Count(pipeline.Ran.GetProperty("load"), "rows"));
        Assert.All(["rows", "duplicates", "refused"], name => Assert.NotEqual(0, Count(silver, name)));
    }

    [Fact]
    public async Task Verify_finds_the_ledger_in_silver_quarantine_and_gold()
    {
        var found = await pipeline.JsonAsync("verify", "--ledger", "ledger.jsonl");

        Assert.True(found.GetProperty("agrees").GetBoolean());
        Assert.Equal(PipelineFixture.SimulatedEvents, Count(found.GetProperty("ledger"), "events"));
        Assert.Equal(Count(found.GetProperty("ledger"), "rows"), Count(found.GetProperty("equal"), "rows"));
        Assert.Equal(Count(found.GetProperty("ledger"), "refused"), Count(found.GetProperty("equal"), "refused"));
        Assert.Equal(Flights.Events, found.GetProperty("of_other_sources").EnumerateObject().Sum(source => source.Value.GetInt32()));
        Assert.Equal(Count(found.GetProperty("silver"), "rows"), Count(found.GetProperty("staging"), "rows"));
        Assert.Equal(Count(found.GetProperty("gold_legs"), "expected"), Count(found.GetProperty("gold_legs"), "equal"));
        Assert.NotEqual(0, Count(found.GetProperty("gold_legs"), "equal"));
    }

    [Fact]
    public async Task Verify_names_the_one_row_that_a_changed_ledger_says_otherwise_of()
    {
        string? changed = null;
        var lines = File.ReadLines(Folder["ledger.jsonl"]).Select(line =>
        {
            if (changed is null && line.Contains("\"expect\":\"row\",\"entity\":\"baggage_event\"", StringComparison.Ordinal))
            {
                var entry = JsonNode.Parse(line)!;
                entry["row"]!["airport"] = "XXX";
                changed = (string)entry["row"]!["event_id"]!;
                return entry.ToJsonString();
            }

            return line;
        });
        await File.WriteAllLinesAsync(Folder["changed.jsonl"], lines, TestContext.Current.CancellationToken);

        var outcome = await Folder.RunAsync("verify", "--no-gold", "--ledger", "changed.jsonl", "--json");

        Assert.Equal(1, outcome.ExitCode);
        Assert.False(outcome.Json.GetProperty("agrees").GetBoolean());
        Assert.Equal(1, Count(outcome.Json, "difference_count"));
        Assert.Contains(changed!, Assert.Single(outcome.Json.GetProperty("differences").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_names_the_leg_whose_ledger_says_otherwise_in_gold_too()
    {
        // The last event of a leg decides what Gold has of it.
        var lines = await File.ReadAllLinesAsync(Folder["ledger.jsonl"], TestContext.Current.CancellationToken);
        var last = Array.FindLastIndex(lines, line => line.Contains("\"status\":\"arrived\"", StringComparison.Ordinal)
            && line.Contains("\"expect\":\"row\"", StringComparison.Ordinal));
        var entry = JsonNode.Parse(lines[last])!;
        entry["row"]!["event_time"] = "2024-05-19T00:00:00Z";
        entry["row"]!["gate"] = "ELSEWHERE";
        lines[last] = entry.ToJsonString();
        await File.WriteAllLinesAsync(Folder["moved.jsonl"], lines, TestContext.Current.CancellationToken);

        var outcome = await Folder.RunAsync("verify", "--ledger", "moved.jsonl", "--json");

        Assert.Equal(1, outcome.ExitCode);
        var leg = $"{entry["row"]!["airline"]}{entry["row"]!["flight_number"]} ";
        Assert.Contains(
            outcome.Json.GetProperty("differences").EnumerateArray(),
            difference => difference.GetString()!.StartsWith($"gold.fact_flight, leg {leg}", StringComparison.Ordinal)
                && difference.GetString()!.EndsWith("the ledger makes it ELSEWHERE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doing_it_all_again_changes_nothing()
    {
        var warehouse = await WarehouseDump.ReadAsync(Folder);
        var lake = Lake();

        var bronze = await pipeline.JsonAsync("bronze", "--once");
        var silver = await pipeline.JsonAsync("silver", "--once");
        var load = await pipeline.JsonAsync("load");
        var gold = await pipeline.JsonAsync("gold", "build");

        Assert.Equal((0, 0), (Count(bronze.GetProperty("bronze"), "records"), Count(silver.GetProperty("silver"), "records")));
        Assert.Equal((0, 0), (Count(silver.GetProperty("load"), "records"), Count(load, "batches")));
        Assert.Equal((0, 0), (Count(gold, "batches"), Count(gold, "legs_touched")));
        Assert.Equal(lake, Lake());
        Assert.Equal(warehouse, await WarehouseDump.ReadAsync(Folder));
    }

    [Fact]
    public async Task Without_bronze_nothing_is_archived_and_all_else_is_as_with_it()
    {
        await using var other = new TestFolder();
        string[] stream = ["--stream", $"local:{Folder[".airportops/stream/airport-events"]}", "--json"];

        var ran = (await other.RunAsync(["run", "--no-bronze", "--once", .. stream])).Done().Json;

        Assert.Equal(["silver", "load", "gold"], ran.EnumerateObject().Select(stage => stage.Name));
        Assert.True(Folder.HasFile(".airportops/lake/bronze"));
        Assert.False(Directory.Exists(other[".airportops/lake/bronze"]));
        Assert.All(
            ["records", "events", "rows", "duplicates", "refused"],
            name => Assert.Equal(Count(pipeline.Ran.GetProperty("silver"), name), Count(ran.GetProperty("silver"), name)));
        Assert.True((await other.RunAsync(["verify", "--ledger", Folder["ledger.jsonl"], .. stream])).Done().Json.GetProperty("agrees").GetBoolean());
        Assert.Equal(await WarehouseDump.ReadAsync(Folder), await WarehouseDump.ReadAsync(other));
    }

    [Fact]
    public async Task A_recorded_flight_is_a_leg_in_gold_with_its_clocks_in_utc()
    {
        const string Query = """
            SELECT flight_date, origin, destination, tail_number, status, actual_departure, actual_arrival, departure_delay_minutes, arrival_delay_minutes
            FROM gold.fact_flight WHERE flight_date < '2014-01-01' ORDER BY flight_date
            """;

        var legs = (await Folder.RunAsync("sql", Query, "--csv")).Done().Output;

        Assert.Equal(
            """
            flight_date,origin,destination,tail_number,status,actual_departure,actual_arrival,departure_delay_minutes,arrival_delay_minutes
            2013-01-01,EWR,IAH,N14228,arrived,2013-01-01 10:17:00,2013-01-01 14:30:00,2,11
            2013-03-09,JFK,PBI,N658JB,arrived,2013-03-10 04:06:00,2013-03-10 07:03:00,81,89

            """,
            legs);
    }

    [Fact]
    public async Task A_query_that_would_write_or_is_none_is_refused_in_one_line()
    {
        var written = (await Folder.RunAsync("sql", "DELETE FROM gold.fact_flight")).Failed();
        var unknown = (await Folder.RunAsync("sql", "SELECT nothing FROM nowhere")).Failed();

        Assert.StartsWith("Only one statement that reads can be run", written, StringComparison.Ordinal);
        Assert.StartsWith("The query was refused: ", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void No_server_is_left_running() => Assert.Empty(Folder.Processes());

    private static int Count(JsonElement result, string name) => result.GetProperty(name).GetInt32();

    /// <summary>Every file of the lake with its size and time.</summary>
    /// <summary>What lies in the lake but the notes on silent shards, which say up to when nothing came.</summary>
    private List<string> Lake() =>
    [
        .. new DirectoryInfo(Folder[".airportops/lake"]).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !file.FullName.Contains("/_shards/", StringComparison.Ordinal))
            .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal),
    ];
}
