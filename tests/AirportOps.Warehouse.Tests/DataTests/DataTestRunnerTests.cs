using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Reliability;
using AirportOps.Warehouse.DataTests;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Tests.Gold;
using Microsoft.Extensions.Logging.Abstractions;
using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Warehouse.Tests.DataTests;

public sealed class DataTestRunnerTests(BuiltWarehouse built, ClusterFixture cluster) : IClassFixture<BuiltWarehouse>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fails_is_kept_with_its_run()
    {
        await using var database = await built.CopyAsync();
        await database.ExecuteAsync("UPDATE gold.fact_flight SET status = 'landed', load_factor = 9 WHERE flight_number = 100");

        var results = await built.TestAsync(database, "fact_flight");

        Assert.Equal(
            [("gold.fact_flight.status.accepted_values", DataTestState.Failed), ("gold.fact_flight.load_factor.range", DataTestState.Warned)],
            results.Where(result => result.State != DataTestState.Passed).Select(result => (result.Name, result.State)));
        Assert.Equal([$"{results.Count - 2}|1|1|0"], await database.RowsAsync("SELECT passed, warned, failed, skipped FROM ops.test_run"));
        Assert.Equal(
            [
                "gold.fact_flight.load_factor.range|warn|1|1|AA 100 - 2026-03-01 JFK|9.0000",
                "gold.fact_flight.status.accepted_values|error|1|1|AA 100 - 2026-03-01 JFK|landed",
            ],
            await database.RowsAsync(
                """
                SELECT f.test_name, f.severity, f.failures, f.row_number, f.row_key, f.detail
                FROM ops.test_failure f JOIN ops.test_run r ON r.run_id = f.run_id
                ORDER BY f.test_name
                """));
    }

    [Fact]
    public async Task A_whole_run_measures_its_tests_and_a_part_of_them_nothing()
    {
        await using var database = await built.CopyAsync();
        await database.ExecuteAsync("UPDATE gold.fact_flight SET status = 'landed', load_factor = 9 WHERE flight_number = 100");
        using var measured = new MeasuredHere();

        await built.TestAsync(database, "fact_flight");
        Assert.Empty(measured.Sums);
        var results = await built.TestAsync(database);

        Assert.Equal(
            new Dictionary<string, long>
            {
                ["test failed_tests"] = results.Count(result => result.State == DataTestState.Failed),
                ["test test.duration"] = 1,
                ["test tests"] = results.Count(result => result.State != DataTestState.Skipped),
                ["test warned_tests"] = results.Count(result => result.State == DataTestState.Warned),
            },
            measured.Sums);
        Assert.True(measured.Sums["test failed_tests"] > 0);
    }

    [Fact]
    public async Task All_failing_rows_are_counted_and_the_first_hundred_kept()
    {
        await using var database = await built.CopyAsync();
        await database.ExecuteAsync(
            "INSERT INTO gold.dim_airport (airport, airport_name, latitude) SELECT TO_CHAR(n, 'FM000'), 'x', 100 FROM generate_series(10, 160) g (n)");

        var result = Assert.Single(await built.TestAsync(database, "dim_airport.latitude"));

        Assert.Equal((DataTestState.Failed, 151, 100), (result.State, result.Failures, result.Rows.Count));
        Assert.Equal(result.Rows.OrderBy(row => row.Key, StringComparer.Ordinal), result.Rows);
        Assert.Equal(["100|151|100"], await database.RowsAsync("SELECT COUNT(*), MAX(failures), MAX(row_number) FROM ops.test_failure"));
    }

    [Theory]
    [InlineData(0, DataTestState.Passed)]
    [InlineData(3, DataTestState.Warned)]
    public async Task Freshness_goes_by_the_clock(int daysLater, DataTestState expected)
    {
        await using var database = await built.CopyAsync();
        await database.ExecuteAsync("UPDATE ops.load_batch SET loaded_at = '2026-03-02 00:00:00'");

        var result = Assert.Single(
            await built.TestAsync(database, "load_batch.loaded_at", clock: new FixedClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddDays(daysLater))));

        Assert.Equal(expected, result.State);
        Assert.Equal(daysLater == 0 ? [] : [new FailingRow("2026-03-02 00:00:00", "302400 s behind 2026-03-05 12:00:00")], result.Rows);
    }

    [Fact]
    public async Task Freshness_behind_another_table_goes_by_that_table()
    {
        await using var database = await built.CopyAsync();
        await database.ExecuteAsync("UPDATE ops.gold_build SET built_at = '2026-03-02 00:00:00'; UPDATE ops.load_batch SET loaded_at = '2026-03-04 00:00:00'");

        var result = Assert.Single(await built.TestAsync(database, "gold_build.built_at"));

        Assert.Equal([new FailingRow("2026-03-02 00:00:00", "172800 s behind 2026-03-04 00:00:00")], result.Rows);
    }

    [Fact]
    public async Task Without_a_lake_the_comparison_with_manifests_is_skipped_not_passed()
    {
        await using var database = await built.CopyAsync();

        var result = Assert.Single(await built.TestAsync(database, "load_batch.manifests", withLake: false));

        Assert.Equal(DataTestState.Skipped, result.State);
    }

    [Theory]
    [InlineData(true, "is missing")]
    [InlineData(false, "has 1 bytes, its manifest says *")]
    public async Task An_object_that_is_not_what_its_manifest_says_is_named(bool isMissing, string expected)
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.LoadAsync(Entity.FlightEvent, "s1", Flight("f1", "13:00", "scheduled"), Flight("f2", "14:00", "departed"));
        await foreach (var file in gold.Lake.ListAsync("silver/flight_event/", null, Token))
        {
            await (isMissing ? gold.Lake.DeleteAsync(file.Key, Token) : gold.Lake.PutAsync(file.Key, new byte[1], PutMode.Overwrite, Token));
        }

        var runner = new DataTestRunner(gold.Database, ScriptFolder.Shipped, gold.Manifests, TimeProvider.System, NullLogger.Instance);
        var result = Assert.Single(await runner.RunAsync("load_batch.manifests", null, Token));

        var row = Assert.Single(result.Rows);
        Assert.Equal("events/s1/000000000001", row.Key);
        Assert.Matches($"^silver/flight_event/.*parquet {expected.Replace("*", ".*", StringComparison.Ordinal)}$", row.Detail);
    }

    [Fact]
    public async Task Loads_that_no_build_has_taken_yet_are_no_difference()
    {
        await using var database = await built.CopyAsync();
        await database.ExecuteAsync("DELETE FROM ops.gold_build; DELETE FROM gold.fact_flight");

        Assert.All(await built.TestAsync(database, "fact_flight"), result => Assert.Equal(DataTestState.Passed, result.State));
    }

    [Fact]
    public async Task An_empty_warehouse_passes()
    {
        await using var database = await cluster.CreateMigratedDatabaseAsync();

        Assert.All(await built.TestAsync(database), result => Assert.Equal(DataTestState.Passed, result.State));
    }

    [Fact]
    public async Task A_selection_of_nothing_is_refused()
    {
        await using var database = await built.CopyAsync();

        var refused = await Assert.ThrowsAsync<UsageException>(() => built.TestAsync(database, "fact_fligt"));

        Assert.StartsWith("No data test is called 'fact_fligt'.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_does_not_run_is_blamed_on_its_declaration()
    {
        var folder = TestFolder.Create();
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.CreateSubdirectory("tests").FullName, "t.yml"), "tables:\n  - name: gold.absent\n    tests:\n      - unique: {columns: [a]}\n", Token);
            await using var database = await built.CopyAsync();
            var runner = new DataTestRunner(database, new ScriptFolder(folder.FullName), null, TimeProvider.System, NullLogger.Instance);

            var failed = await Assert.ThrowsAsync<DataTestException>(() => runner.RunAsync(null, null, Token));

            Assert.Equal(
                "tests/t.yml line 4: gold.absent.a.unique does not run: relation \"gold.absent\" does not exist (42P01). Mend the declaration, or migrate the warehouse.",
                failed.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
