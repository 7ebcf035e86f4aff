using System.Globalization;
using System.Text.Json.Nodes;
using AirportOps.Reliability;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>Neither the order in which events arrive nor how they are batched nor what kills a build decides anything: seeded properties.</summary>
public sealed class OrderTests(ClusterFixture cluster)
{
    private const string KillBuilds =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Any_order_any_batching_and_killed_builds_give_the_same_star(int seed)
    {
        var random = new Random(seed);
        var events = Disturb(StagedEvents.Simulate(2_000, seed), random);
        await using var atOnce = await GoldFixture.CreateAsync(cluster);
        await atOnce.Database.StageAsync("all", events);
        await atOnce.BuildAsync();
        var expected = await StarDump.ReadAsync(atOnce.Database);
        AssertEveryTableHasRows(expected);

        await using var piecemeal = await GoldFixture.CreateAsync(cluster);
        var left = events.OrderBy(_ => random.Next()).ToList();
        while (left.Count > 0)
        {
            var batch = left[..Math.Min(left.Count, random.Next(1, 300))];
            left.RemoveRange(0, batch.Count);
            await piecemeal.Database.StageAsync($"shard-{random.Next(3)}", batch);
            switch (random.Next(3))
            {
                case 0:
                    await piecemeal.BuildAsync();
                    break;
                case 1:
                    await KilledBuildAsync(piecemeal, random.Next(120));
                    break;
                default:
                    break;
            }
        }

        await piecemeal.BuildAsync();
        AssertSame(expected, await StarDump.ReadAsync(piecemeal.Database), seed);

        await piecemeal.FullBuildAsync();
        AssertSame(expected, await StarDump.ReadAsync(piecemeal.Database), seed);
        Assert.Equal(
            ["0|0|0"],
            await piecemeal.Database.RowsAsync(
                "SELECT SUM(inserted), SUM(changed), SUM(removed) FROM ops.gold_build_table WHERE build_number = (SELECT MAX(build_number) FROM ops.gold_build WHERE is_full)"));
    }

    [Fact]
    public async Task A_full_build_mends_what_no_events_made()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.Database.StageAsync("s", StagedEvents.Simulate(800, 5));
        await gold.BuildAsync();
        var expected = await StarDump.ReadAsync(gold.Database);
        await gold.Database.ExecuteAsync("UPDATE gold.fact_flight SET gate = 'X1', passengers = 7 WHERE flight_number % 3 = 0");
        await gold.Database.ExecuteAsync("DELETE FROM gold.fact_baggage WHERE bag_key % 5 = 0");
        await gold.Database.ExecuteAsync("UPDATE gold.dim_aircraft SET valid_to = valid_from WHERE aircraft_key % 2 = 0");
        await gold.Database.ExecuteAsync("INSERT INTO gold.fact_ground_service SELECT (g).* FROM (SELECT g FROM gold.fact_ground_service g LIMIT 1) x");
        await gold.Database.ExecuteAsync("UPDATE gold.fact_ground_service SET ground_service_key = 999999, start_event_id = 'none' WHERE ctid = (SELECT MAX(ctid) FROM gold.fact_ground_service)");

        await gold.FullBuildAsync();

        AssertSame(expected, await StarDump.ReadAsync(gold.Database), 5);
    }

    private static async Task KilledBuildAsync(GoldFixture gold, int statement)
    {
        var before = await StarDump.ReadAsync(gold.Database);
        try
        {
            await gold.BuildAsync(beforeStatement: async () =>
            {
                if (statement-- == 0)
                {
                    await gold.Database.ExecuteAsync(KillBuilds);
                }
            });
        }
        catch (WarehouseException killed)
        {
            Assert.Equal(Fault.Outside, killed.Fault);
            Assert.Equal(before, await StarDump.ReadAsync(gold.Database));
        }
    }

    private static void AssertSame(List<string> expected, List<string> found, int seed)
    {
        if (!expected.SequenceEqual(found))
        {
            Assert.Fail($"seed {seed}\nmissing:\n{string.Join('\n', expected.Except(found).Take(5))}\nunexpected:\n{string.Join('\n', found.Except(expected).Take(5))}");
        }
    }

    private static void AssertEveryTableHasRows(List<string> dump) =>
        Assert.Equal(
            [
                "dim_aircraft", "dim_airline", "dim_airport", "dim_checkpoint", "dim_date", "dim_delay_cause", "dim_route", "fact_baggage", "fact_continuity_break",
                "fact_flight", "fact_flight_status", "fact_ground_service", "fact_security_wait", "fact_turnaround",
            ],
            dump.Select(line => line.Split(':')[0]).Distinct());

    /// <summary>
    /// A day as systems get it wrong: aircraft that change type and operator, legs that change aircraft, get cancelled or diverted late, scans and
    /// services that name no flight, checkpoints that move, equal event times.
    /// </summary>
    private static List<string> Disturb(List<string> clean, Random random)
    {
        var events = clean.Select(one => (JsonObject)JsonNode.Parse(one)!).ToList();
        var tails = events.Select(one => (string?)one["tail_number"]).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray();
        foreach (var one in events)
        {
            switch (random.Next(12))
            {
                case 0 when one["tail_number"] is not null:
                    one["aircraft_type"] = random.Next(2) == 0 ? "B738" : null;
                    break;
                case 1 when one["tail_number"] is not null:
                    one["tail_number"] = tails[random.Next(tails.Length)];
                    break;
                case 2 when (string)one["event_type"]! is "baggage" or "ground":
                    one["flight_number"] = null;
                    break;
                case 3 when one["status"] is not null:
                    one["status"] = new[] { "cancelled", "diverted", "delayed" }[random.Next(3)];
                    break;
                case 4:
                    one["event_time"] = ((string)one["event_time"]!)[..14] + "00:00Z";
                    break;
                case 5 when one["terminal"] is not null:
                    one["terminal"] = random.Next(3).ToString(CultureInfo.InvariantCulture);
                    break;
                case 6 when (string)one["event_type"]! == "baggage":
                    one["airport"] = "JFK";
                    break;
                case 7 when (string)one["event_type"]! == "ground":
                    (one["tail_number"], one["airline"]) = (random.Next(2) == 0 ? null : (string?)one["tail_number"], null);
                    break;
                default:
                    break;
            }
        }

        return [.. events.Select(one => one.ToJsonString())];
    }
}
