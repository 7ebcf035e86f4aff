using System.Globalization;
using AirportOps.Reliability;
using AirportOps.Warehouse.DataTests;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>Keys that make a step fail, by triggers that stand for a fault of the program: they are set aside, the rest is built, and a retry takes them up.</summary>
public sealed class SetAsideTests(ClusterFixture cluster)
{
    private static readonly string[] AddedOnly = ["dim_date: ", "dim_route: ", "dim_checkpoint: "];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Faults => new()
    {
        { "fact_flight", "abs(hashtext(NEW.airline || NEW.flight_number)) % 25 = 7" },
        { "fact_flight_status", "abs(hashtext(NEW.event_id)) % 20 = 7" },
        { "fact_turnaround", "abs(hashtext(NEW.tail_number || NEW.off_block)) % 3 = 1" },
        { "fact_baggage", "abs(hashtext(NEW.bag_tag)) % 150 = 7" },
        { "fact_security_wait", "abs(hashtext(NEW.event_id)) % 60 = 7" },
        { "fact_ground_service", "abs(hashtext(NEW.airport || NEW.service || NEW.work_date || NEW.tail_number)) % 40 = 7" },
        { "dim_aircraft", "abs(hashtext(NEW.tail_number)) % 30 = 7" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_rest_equals_a_star_without_them_and_a_retry_after_the_fix_one_with_them(string table, string condition)
    {
        const int Seed = 41;
        var events = StagedEvents.Simulate(1_000, Seed);
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await BreakAsync(gold.Database, table, condition);
        foreach (var load in events.Chunk(500))
        {
            await gold.Database.StageAsync("s", load);
            await gold.BuildAsync();
        }

        var aside = await gold.Database.RowsAsync("SELECT DISTINCT event_id FROM ops.build_failure");
        Assert.InRange(aside.Count, 1, events.Count / 2);
        Assert.Equal(["22003"], await gold.Database.RowsAsync("SELECT DISTINCT sql_state FROM ops.key_set_aside WHERE message LIKE '%this key fails%'"));
        await using var without = await GoldFixture.CreateAsync(cluster);
        await without.Database.StageAsync("s", [.. events.Where(one => !aside.Exists(id => one.Contains($"\"{id}\"", StringComparison.Ordinal)))]);
        await without.BuildAsync();
        AssertSame(await StarDump.ReadAsync(without.Database), await StarDump.ReadAsync(gold.Database), table);
        AssertNoTestFails(await TestAsync(gold.Database));

        await gold.Database.ExecuteAsync($"DROP TRIGGER fault ON gold.{table}");
        await gold.BuildAsync();
        Assert.Equal(aside.Count, (await gold.Database.RowsAsync("SELECT DISTINCT event_id FROM ops.build_failure")).Count);
        var retried = await gold.RetryAsync();

        Assert.Equal((true, 0), (retried.TakenUp > 0, retried.SetAside));
        Assert.Empty(await gold.Database.RowsAsync("SELECT 1 FROM ops.build_failure"));
        await using var scratch = await GoldFixture.CreateAsync(cluster);
        await scratch.Database.StageAsync("s", events);
        await scratch.BuildAsync();
        AssertSame(await StarDump.ReadAsync(scratch.Database), await StarDump.ReadAsync(gold.Database), table);
        Assert.Equal(default, await gold.RetryAsync());
    }

    [Fact]
    public async Task A_key_set_aside_costs_later_builds_nothing_and_takes_its_new_events_along()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await BreakAsync(gold.Database, "fact_flight", "NEW.flight_number = 101 AND NEW.gate = 'B7'");
        await gold.Database.StageAsync("s", [JsonEvents.Flight("100", "14:00", "boarding", "JFK", "LHR", "N1"), JsonEvents.Flight("101", "14:00", "boarding", "JFK", "LHR", "N1")]);
        Assert.Equal(0, (await gold.BuildAsync()).SetAside);

        await gold.Database.StageAsync("s", [JsonEvents.Flight("101", "14:10", "departed", "JFK", "LHR", "N1", "\"gate\":\"B7\""), JsonEvents.Flight("102", "14:10", "departed", "JFK", "LHR", "N1")]);
        Assert.Equal(1, (await gold.BuildAsync()).SetAside);
        Assert.Equal(["100", "102"], await gold.Database.RowsAsync("SELECT flight_number FROM gold.fact_flight ORDER BY 1"));
        Assert.Equal(["100", "102"], await gold.Database.RowsAsync("SELECT f.flight_number FROM gold.fact_flight_status s JOIN gold.fact_flight f ON f.flight_key = s.flight_key ORDER BY 1"));

        await gold.Database.StageAsync("s", [JsonEvents.Flight("101", "14:20", "departed", "JFK", "LHR", "N1")]);
        Assert.Equal(0, (await gold.BuildAsync()).SetAside);
        Assert.Equal(
            ["flight_event|AA101 2026-03-01 JFK|swap of gold.fact_flight|22003|this key fails (22003)|3|2"],
            await gold.Database.RowsAsync("SELECT entity, row_key, step, sql_state, message, events, build_number FROM ops.key_set_aside"));
        Assert.Equal(["set aside|swap of gold.fact_flight|3"], await gold.Database.RowsAsync("SELECT outcome, reason, SUM(events) FROM bi.data_quality_daily WHERE outcome = 'set aside' GROUP BY outcome, reason"));

        // Still at fault: the retry sets it aside again, and nothing is lost.
        var retried = await gold.RetryAsync();
        Assert.Equal((1, 1), (retried.TakenUp, retried.SetAside));
        Assert.Equal(["100", "102"], await gold.Database.RowsAsync("SELECT flight_number FROM gold.fact_flight ORDER BY 1"));
        await gold.FullBuildAsync();
        Assert.Equal(["1"], await gold.Database.RowsAsync("SELECT COUNT(*) FROM ops.key_set_aside"));
    }

    [Fact]
    public async Task What_fails_whatever_is_left_out_or_for_too_many_keys_fails_the_build_with_one_line()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.Database.StageAsync("s", [.. Enumerable.Range(1, 150).Select(number => JsonEvents.Flight(number.ToString(CultureInfo.InvariantCulture), "14:00", "scheduled", "JFK", "LHR", "N1"))]);
        await BreakAsync(gold.Database, "fact_flight", "TRUE");

        var many = await Assert.ThrowsAsync<WarehouseException>(() => gold.BuildAsync());
        await gold.Database.ExecuteAsync("DROP TRIGGER fault ON gold.fact_flight");
        await BreakAsync(gold.Database, "dim_airline", "TRUE");
        var always = await Assert.ThrowsAsync<StepFailureException>(() => gold.BuildAsync());
        await gold.Database.ExecuteAsync("DROP TRIGGER fault ON gold.dim_airline");

        Assert.StartsWith("Over 100 keys fail in the build, one of them in swap of gold.fact_flight line ", many.Message, StringComparison.Ordinal);
        Assert.Equal(Fault.Operator, many.Fault);
        Assert.Contains("this key fails (22003)", always.Message, StringComparison.Ordinal);
        Assert.Empty(await gold.Database.RowsAsync("SELECT 1 FROM ops.gold_build UNION ALL SELECT 1 FROM ops.build_failure"));
        Assert.Equal(150, (await gold.BuildAsync()).Inserted);
    }

    private static async Task BreakAsync(WarehouseDatabase database, string table, string condition)
    {
        await database.ExecuteAsync(
            $"""
            CREATE OR REPLACE FUNCTION public.fault() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {condition} THEN
                    RAISE EXCEPTION USING ERRCODE = '22003', MESSAGE = 'this key fails';
                END IF;
                RETURN NEW;
            END $$
            """);
        await database.ExecuteAsync($"CREATE TRIGGER fault BEFORE INSERT OR UPDATE ON gold.{table} FOR EACH ROW EXECUTE FUNCTION public.fault()");
    }

    /// <summary>Rows of dimensions that only grow may be left of what was built before it was set aside.</summary>
    private static void AssertSame(List<string> expected, List<string> found, string table)
    {
        var missing = expected.Except(found).ToList();
        var unexpected = found.Except(expected).Where(line => !AddedOnly.Any(start => line.StartsWith(start, StringComparison.Ordinal))).ToList();
        if (missing.Count + unexpected.Count > 0)
        {
            Assert.Fail($"{table}\nmissing:\n{string.Join('\n', missing.Take(5))}\nunexpected:\n{string.Join('\n', unexpected.Take(5))}");
        }
    }

    private static Task<IReadOnlyList<DataTestResult>> TestAsync(WarehouseDatabase database) =>
        new DataTestRunner(database, ScriptFolder.Shipped, null, TimeProvider.System, NullLogger.Instance).RunAsync("gold", null, Token);

    private static void AssertNoTestFails(IReadOnlyList<DataTestResult> results) => Assert.Empty(results.Where(result => result.State == DataTestState.Failed).Select(result => result.ToString()));
}
