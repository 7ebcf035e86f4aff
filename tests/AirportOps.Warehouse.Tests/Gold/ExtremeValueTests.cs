using AirportOps.Warehouse.DataTests;
using AirportOps.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>No value that Silver's types hold stops a build, a view or a data test, whatever cleaning bounds.</summary>
public sealed class ExtremeValueTests(ClusterFixture cluster)
{
    private const int Rows = 300;

    /// <summary>The days of 1998 to 2099 and the row for all others.</summary>
    private const int MostDays = 37_256;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public async Task Extreme_values_of_every_column_are_built_tested_and_read(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var gold = await GoldFixture.CreateAsync(cluster);
        var extremes = new ExtremeRows(new Random(seed));
        for (var load = 0; load < 3; load++)
        {
            await extremes.StageAsync(gold.Database, Rows, Token);
            await gold.BuildAsync();
        }

        await ReadAllAsync(gold.Database, seed);
        Assert.NotEmpty(await new DataTestRunner(gold.Database, ScriptFolder.Shipped, null, TimeProvider.System, NullLogger.Instance).RunAsync(null, null, Token));

        await gold.FullBuildAsync();
        await ReadAllAsync(gold.Database, seed);
    }

    [Fact]
    public async Task Dates_that_nobody_meant_make_no_days()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.Database.StageAsync("s", [JsonEvents.Flight("1", "14:00", "scheduled", "JFK", "LHR", "N1")]);
        await gold.Database.ExecuteAsync(
            """
            INSERT INTO staging.flight_event (event_id, event_time, arrived, airport, airline, flight_number, flight_date, origin, destination, status, shard, sequence, batch_id)
            SELECT e.event_id || n, e.event_time, e.arrived, e.airport, e.airline, e.flight_number, CAST('0001-01-01' AS DATE) + n * 181, e.origin, e.destination, e.status, e.shard, e.sequence, e.batch_id
            FROM staging.flight_event e CROSS JOIN generate_series(1, 20000) AS s (n)
            """);

        await gold.BuildAsync();

        Assert.Equal(["20001"], await gold.Database.RowsAsync("SELECT COUNT(*) FROM gold.fact_flight"));
        Assert.InRange(int.Parse((await gold.Database.RowsAsync("SELECT COUNT(*) FROM gold.dim_date WHERE full_date BETWEEN '1998-01-01' AND '2099-12-31'"))[0], null), 6_000, MostDays);
        Assert.Equal(["-1|"], await gold.Database.RowsAsync("SELECT date_key, full_date FROM gold.dim_date WHERE COALESCE(full_date, '0001-01-01') NOT BETWEEN '1998-01-01' AND '2099-12-31'"));
        Assert.Equal(["0"], await gold.Database.RowsAsync(
            "SELECT COUNT(*) FROM gold.fact_flight WHERE (flight_date_key = -1) <> (flight_date < '1998-01-01' OR flight_date > '2099-12-31')"));
        Assert.Equal(["-1|0001-07-01", "20260301|2026-03-01"], await gold.Database.RowsAsync(
            "SELECT flight_date_key, flight_date FROM gold.fact_flight WHERE flight_date IN ('0001-07-01', '2026-03-01') ORDER BY 1"));
    }

    private static async Task ReadAllAsync(WarehouseDatabase database, int seed)
    {
        var views = await database.RowsAsync(
            "SELECT table_schema || '.' || table_name FROM information_schema.views WHERE table_schema IN ('bi', 'ops') ORDER BY 1");
        Assert.NotEmpty(views);
        foreach (var view in views)
        {
            var rows = await database.RowsAsync($"SELECT * FROM {view}");
            Assert.True(view == "bi.live_flights" || (view == "ops.key_set_aside") == (rows.Count == 0), $"seed {seed}: {view} has {rows.Count} rows: {rows.FirstOrDefault()}");
        }
    }
}
