using AirportOps.Cleaning;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;
using AirportOps.Warehouse;
using AirportOps.Warehouse.DataTests;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Tests;
using AirportOps.Warehouse.Tests.Gold;
using AirportOps.Warehouse.Tests.Loading;
using Microsoft.Extensions.Logging.Abstractions;
using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Aws.Tests.Redshift;

/// <summary>A warehouse from nothing to tested facts through the Data API: what PostgreSQL makes of the same windows is the answer.</summary>
[Collection(typeof(ManySessions))]
public sealed class DataApiEndToEndTests(ClusterFixture cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrations_load_build_and_tests_give_what_they_give_on_PostgreSQL()
    {
        await using var stand = await RedshiftStand.CreateAsync(cluster, isMigrated: false);
        var warehouse = stand.Warehouse;
        var runner = new MigrationRunner(warehouse, ScriptFolder.Shipped, TimeProvider.System, stand.Log);

        var applied = await runner.UpAsync(Token);
        Assert.Equal(ScriptFolder.Shipped.Migrations(WarehouseEngine.Redshift).Select(script => script.Name), applied);
        Assert.Empty(await runner.UpAsync(Token));
        Assert.All(await runner.StatusAsync(Token), script => Assert.Equal(ScriptState.Applied, script.State));
        Assert.Contains(stand.Service.Ran, sql => sql.Contains("DISTSTYLE KEY DISTKEY(event_id)", StringComparison.Ordinal));

        var windows = await WindowsAsync(stand.Silver);
        Assert.Equal(new LoadOutcome(5, 12, 1), await stand.Staging().LoadAsync(windows, stand.Silver.Lake, Token));
        var build = await Build(warehouse).RunAsync(Token);
        Assert.Equal((5L, 3L), (build.Batches, build.Legs));
        Assert.Equal(0, (await Build(warehouse).RunAsync(Token)).BuildNumber);

        await using var postgres = await cluster.CreateMigratedDatabaseAsync();
        await new PostgresStagingStore(postgres, NullLogger.Instance).LoadAsync(windows, stand.Silver.Lake, Token);
        await Build(postgres).RunAsync(Token);
        var expected = await StarDump.ReadAsync(postgres);
        Assert.Contains(expected, line => line.StartsWith("fact_turnaround: ", StringComparison.Ordinal));
        Assert.Equal(expected, await StarDump.ReadAsync(stand.Database));

        var full = await FullBuild(warehouse).RunAsync(Token);
        Assert.Equal((2L, 0L, 0L), (full.BuildNumber, full.Inserted, full.Changed));
        Assert.Equal(expected, await StarDump.ReadAsync(stand.Database));

        var onRedshift = await TestAsync(warehouse, stand.Silver);
        var onPostgres = await TestAsync(postgres, stand.Silver);
        Assert.Equal(onPostgres.Select(Found), onRedshift.Select(Found));
        Assert.Contains(onRedshift, result => result.State == DataTestState.Passed);
        Assert.Equal(["1"], await stand.Database.RowsAsync("SELECT COUNT(*) FROM ops.test_run"));
        Assert.Equal(
            await postgres.RowsAsync("SELECT test_name, row_number, row_key FROM ops.test_failure ORDER BY 1, 2"),
            await stand.Database.RowsAsync("SELECT test_name, row_number, row_key FROM ops.test_failure ORDER BY 1, 2"));
    }

    [Fact]
    public async Task A_query_gives_values_of_their_types_over_as_many_pages_as_it_takes()
    {
        await using var stand = await RedshiftStand.CreateAsync(cluster, isMigrated: false);
        stand.Service.PageRows = 3;
        const string Sql = """
            SELECT n, CAST(n AS BIGINT) AS b, CAST(12.34 AS DECIMAL(8,2)) AS d, CAST(0.5 AS DOUBLE PRECISION) AS f, n = 1 AS t,
                CAST('2026-03-01' AS DATE) AS day, CAST('2026-03-01 14:05:00.5' AS TIMESTAMP) AS at, CAST('it''s ☃' AS VARCHAR(16)) AS s, CAST(NULL AS INTEGER) AS none
            FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7) x ORDER BY n
            """;

        await using var result = await new QueryRunner(stand.Warehouse).RunAsync(Sql, null, Token);
        var rows = await result.RowsAsync(Token).ToListAsync(Token);

        Assert.Equal(["n", "b", "d", "f", "t", "day", "at", "s", "none"], result.Columns.Select(column => column.Name));
        Assert.Equal([1, 1L, 12.34m, 0.5, true, new DateOnly(2026, 3, 1), new DateTime(2026, 3, 1, 14, 5, 0, 500), "it's ☃", null], rows[0]);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], rows.Select(row => (int)row[0]!));
        Assert.Equal(3, stand.Calls.Count(operation => operation == "GetStatementResult"));
        Assert.Equal(["BEGIN READ ONLY", Sql, "ROLLBACK"], stand.Service.Ran);
    }

    [Fact]
    public async Task A_query_can_not_write_whatever_it_starts_with()
    {
        await using var stand = await RedshiftStand.CreateAsync(cluster, isMigrated: false);

        var refused = await Assert.ThrowsAsync<WarehouseException>(() => new QueryRunner(stand.Warehouse).RunAsync("SELECT 1 AS a INTO public.made", null, Token));

        Assert.Contains("read-only transaction", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await stand.Database.RowsAsync("SELECT 1 FROM information_schema.tables WHERE table_name = 'made'"));
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_cancelled_at_the_service()
    {
        await using var stand = await RedshiftStand.CreateAsync(cluster, isMigrated: false);
        stand.Service.Hangs = sql => sql.StartsWith("SELECT", StringComparison.Ordinal);

        var late = await Assert.ThrowsAsync<WarehouseException>(() => new QueryRunner(stand.Warehouse).RunAsync("SELECT 1", TimeSpan.FromMilliseconds(300), Token));

        Assert.Equal("The query was stopped after 0.3 s. Narrow it, or allow more time.", late.Message);
        Assert.Contains("CancelStatement", stand.Calls);
    }

    [Fact]
    public async Task What_a_test_finds_is_noted_whatever_it_holds()
    {
        await using var stand = await RedshiftStand.CreateAsync(cluster, isMigrated: false);
        var texts = new[] { "plain", "it's", "back\\slash", "\\'; DROP TABLE t; --", "two\nlines\tand a tab", "quote\" ☃ é", "" };
        await using (var session = await stand.Warehouse.OpenSessionAsync(Token))
        {
            await session.BeginAsync(Token);
            await session.ExecuteAsync("CREATE TABLE public.noted (n INTEGER, text VARCHAR(64))", Token);
            await session.InsertAsync("public.noted", ["n", "text"], texts.Select((text, index) => (object?[])[index, text]).Append([99, null]), Token);
            await session.CommitAsync("SELECT 1 FROM public.noted", Token);
        }

        // PostgreSQL takes a backslash plainly and Redshift as an escape: on both the constant ends where it should.
        Assert.Equal(
            texts.Select((text, index) => $"{index}|{text.Replace("\\", "\\\\", StringComparison.Ordinal)}").Append("99|"),
            await stand.Database.RowsAsync("SELECT n, text FROM public.noted ORDER BY n"));
    }

    private static GoldBuild Build(IWarehouse warehouse) => new(warehouse, ScriptFolder.Shipped, ReferenceTables.Default, TimeProvider.System, NullLogger.Instance);

    private static GoldBuild FullBuild(IWarehouse warehouse) =>
        new(warehouse, ScriptFolder.Shipped, ReferenceTables.Default, TimeProvider.System, NullLogger.Instance) { IsFull = true };

    private static Task<IReadOnlyList<DataTestResult>> TestAsync(IWarehouse warehouse, SilverLake silver) =>
        new DataTestRunner(warehouse, ScriptFolder.Shipped, new WindowStore(silver.Lake), TimeProvider.System, NullLogger.Instance).RunAsync(null, null, Token);

    private static string Found(DataTestResult result) => $"{result.Name} {result.State} {result.Failures} {string.Join(';', result.Rows.Select(row => row.Key))}";

    private static async Task<IReadOnlyList<WindowManifest>> WindowsAsync(SilverLake silver)
    {
        List<WindowManifest> windows =
        [
            await silver.WindowAsync(
                "s1",
                Entity.FlightEvent,
                Flight("f1", "13:00", "scheduled", "scheduled_departure", "13:50", "scheduled_arrival", "20:00"),
                Flight("f2", "14:01", "departed", "actual_departure", "14:00", "tail_number", "N100AA", "passengers", 90, "seats", 100),
                Flight("f3", "15:00", "cancelled", "flight_number", 102, "cancellation_cause", "weather")),
            await silver.WindowAsync(
                "s1",
                Entity.FlightEvent,
                Flight("f4", "20:10", "arrived", "actual_arrival", "20:07"),
                Flight("n1", "22:30", "departed", "flight_number", 200, "origin", "LHR", "destination", "JFK", "tail_number", "N100AA", "actual_departure", "22:07")),
            await silver.WindowAsync("s2", Entity.BaggageEvent, Bag("b1", "12:00", "checkin"), Bag("b2", "13:00", "loaded"), Bag("b3", "20:40", "claim")),
            await silver.WindowAsync(
                "s3",
                Entity.SecurityEvent,
                new SilverRow("w1", At("12:00"), new Dictionary<string, object> { ["checkpoint"] = "A", ["terminal"] = "4", ["wait_minutes"] = 7.5 })),
            // The first event again, on another shard: dropped.
            await silver.WindowAsync("s4", Entity.FlightEvent, Flight("f1", "13:00", "scheduled"), Flight("f5", "13:30", "boarding"), Flight("f6", "13:10", "delayed", "delay_minutes", 10), Flight("f7", "13:20", "delayed", "delay_minutes", 20)),
        ];
        foreach (var window in windows)
        {
            await new WindowStore(silver.Lake).TryCommitAsync(window, Token);
        }

        return windows;
    }

    private static SilverRow Bag(string id, string time, string scan) => new(id, At(time), new Dictionary<string, object>
    {
        ["airline"] = "AA",
        ["flight_number"] = 100,
        ["flight_date"] = new DateOnly(2026, 3, 1),
        ["bag_tag"] = "0001234567",
        ["scan_point"] = scan,
        ["weight_kg"] = 20.25,
    });
}
