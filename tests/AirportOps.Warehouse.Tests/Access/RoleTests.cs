using AirportOps.Cleaning;
using AirportOps.Pipeline.Loading;
using AirportOps.Reference;
using AirportOps.Warehouse.DataTests;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Tests.Loading;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Warehouse.Tests.Access;

/// <summary>What each role can do is tried by the program's own stages; what it must not do, statement by statement.</summary>
public sealed class RoleTests(ClusterFixture cluster)
{
    private const string Load = "airportops_load";
    private const string Build = "airportops_build";
    private const string Reader = "bi_reader";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_stage_runs_with_the_rights_of_its_role()
    {
        using var silver = new SilverLake();
        await using var owner = await cluster.CreateMigratedDatabaseAsync();
        await using var loader = cluster.As(owner, Load);
        await using var builder = cluster.As(owner, Build);
        await using var reader = cluster.As(owner, Reader);
        var window = SilverLake.WithOutcomes(await silver.WindowAsync("s", Entity.FlightEvent, Flight("1", "14:00", "departed"), Flight("1b", "14:00", "departed", "flight_number", 101)));

        Assert.Empty(await Runner(loader).UpAsync(Token));
        var staging = new PostgresStagingStore(loader, NullLogger.Instance);
        Assert.Equal(new LoadOutcome(1, 2, 0), await staging.LoadAsync([window], silver.Lake, Token));
        Assert.Equal(default, await staging.LoadAsync([window], silver.Lake, Token));

        Assert.Empty(await Runner(builder).UpAsync(Token));
        await BuildAsync(builder);
        await staging.LoadAsync([await silver.WindowAsync("s", Entity.FlightEvent, Flight("2", "15:00", "arrived"))], silver.Lake, Token);
        await BuildAsync(builder);
        var results = await new DataTestRunner(builder, ScriptFolder.Shipped, null, TimeProvider.System, NullLogger.Instance).RunAsync(null, null, Token);
        Assert.DoesNotContain(results, result => result.State is DataTestState.Failed or DataTestState.Warned);

        Assert.Equal(["100|arrived", "101|departed"], await reader.RowsAsync("SELECT flight_number, status FROM gold.fact_flight ORDER BY 1"));
        foreach (var view in await owner.RowsAsync("SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema IN ('bi', 'gold')"))
        {
            await reader.RowsAsync($"SELECT * FROM {view} LIMIT 1");
        }
    }

    [Theory]
    [InlineData(Load, "UPDATE staging.flight_event SET source = ''")]
    [InlineData(Load, "DELETE FROM staging.flight_event")]
    [InlineData(Load, "TRUNCATE staging.flight_event")]
    [InlineData(Load, "DROP TABLE staging.flight_event")]
    [InlineData(Load, "CREATE TABLE staging.own (a INTEGER)")]
    [InlineData(Load, "UPDATE ops.load_batch SET duplicates = 0")]
    [InlineData(Load, "DELETE FROM ops.load_batch")]
    [InlineData(Load, "SELECT * FROM ops.gold_build")]
    [InlineData(Load, "INSERT INTO ops.migration SELECT * FROM ops.migration")]
    [InlineData(Load, "SELECT * FROM gold.fact_flight")]
    [InlineData(Load, "SELECT * FROM bi.live_flights")]
    [InlineData(Load, "CREATE TABLE public.own (a INTEGER)")]
    [InlineData(Build, "INSERT INTO staging.flight_event SELECT * FROM staging.flight_event")]
    [InlineData(Build, "DELETE FROM staging.flight_event")]
    [InlineData(Build, "INSERT INTO ops.load_batch SELECT * FROM ops.load_batch")]
    [InlineData(Build, "LOCK TABLE ops.load_lock")]
    [InlineData(Build, "UPDATE ops.gold_build SET to_load = 0")]
    [InlineData(Build, "DELETE FROM ops.restatement")]
    [InlineData(Build, "DELETE FROM ops.test_failure")]
    [InlineData(Build, "UPDATE ops.migration SET checksum = ''")]
    [InlineData(Build, "DELETE FROM public.schemaversions")]
    [InlineData(Build, "ALTER TABLE gold.fact_flight ADD COLUMN own INTEGER")]
    [InlineData(Build, "CREATE TABLE gold.own (a INTEGER)")]
    [InlineData(Build, "DROP VIEW bi.live_flights")]
    [InlineData(Reader, "SELECT * FROM staging.flight_event")]
    [InlineData(Reader, "SELECT * FROM ops.load_batch")]
    [InlineData(Reader, "SELECT * FROM ops.test_failure")]
    [InlineData(Reader, "SELECT * FROM public.schemaversions")]
    [InlineData(Reader, "INSERT INTO gold.dim_date (date_key) VALUES (1)")]
    [InlineData(Reader, "UPDATE gold.fact_flight SET status = ''")]
    [InlineData(Reader, "DELETE FROM gold.fact_flight")]
    [InlineData(Reader, "CREATE VIEW bi.own AS SELECT 1 AS a")]
    [InlineData(Reader, "LOCK TABLE gold.fact_flight IN EXCLUSIVE MODE")]
    [InlineData(Reader, "CREATE ROLE own")]
    public async Task A_role_is_refused_what_is_not_its_work(string role, string statement)
    {
        await using var owner = await cluster.CreateMigratedDatabaseAsync();
        await using var limited = cluster.As(owner, role);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => limited.ExecuteAsync($"BEGIN; {statement}; COMMIT"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_view_that_was_made_anew_is_still_readable()
    {
        await using var owner = await cluster.CreateMigratedDatabaseAsync();
        await using var reader = cluster.As(owner, Reader);
        await owner.ExecuteAsync("UPDATE ops.migration SET checksum = 'old' WHERE script_name = 'R__live_flights.sql'");

        Assert.Equal(["R__live_flights.sql"], await Runner(owner).UpAsync(Token));

        Assert.Empty(await reader.RowsAsync("SELECT * FROM bi.live_flights"));
    }

    [Fact]
    public async Task Running_the_roles_again_takes_back_what_was_granted_beside_them()
    {
        await using var owner = await cluster.CreateMigratedDatabaseAsync();
        await owner.ExecuteAsync(
            "GRANT UPDATE ON gold.fact_flight TO bi_reader; GRANT SELECT ON ops.load_batch TO bi_reader; UPDATE ops.migration SET checksum = 'old' WHERE script_name = 'R__roles.sql'");

        Assert.Equal(["R__roles.sql"], await Runner(owner).UpAsync(Token));

        Assert.Equal(
            ["f|f|t"],
            await owner.RowsAsync(
                "SELECT has_table_privilege('bi_reader', 'gold.fact_flight', 'UPDATE'), has_table_privilege('bi_reader', 'ops.load_batch', 'SELECT'), has_table_privilege('bi_reader', 'gold.fact_flight', 'SELECT')"));
    }

    private static Task BuildAsync(WarehouseDatabase database) =>
        new GoldBuild(database, ScriptFolder.Shipped, ReferenceTables.Default, TimeProvider.System, NullLogger.Instance).RunAsync(Token);

    private static MigrationRunner Runner(WarehouseDatabase database) => new(database, ScriptFolder.Shipped, TimeProvider.System, NullLogger.Instance);
}
