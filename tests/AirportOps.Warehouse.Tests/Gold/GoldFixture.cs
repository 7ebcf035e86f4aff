using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Tests.Loading;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>A migrated database with loads and builds at hand.</summary>
internal sealed class GoldFixture : IAsyncDisposable
{
    /// <summary>Every column of the fact but keys that depend on history: all that an order of arrival must not decide.</summary>
    internal const string Facts =
        """
        SELECT f.airline, f.flight_number, f.flight_suffix, f.flight_date, f.origin, f.destination, f.flight_date_key, a.airline AS a, o.airport AS o, d.airport AS d,
            r.origin || r.destination AS r, f.delay_cause_key, f.cancellation_cause_key, f.status, f.tail_number, f.aircraft_type, f.terminal, f.gate,
            f.scheduled_departure, f.estimated_departure, f.actual_departure, f.scheduled_arrival, f.estimated_arrival, f.actual_arrival,
            f.departure_delay_minutes, f.arrival_delay_minutes, f.carrier_minutes, f.weather_minutes, f.nas_minutes, f.security_minutes,
            f.late_aircraft_minutes, f.delay_cause, f.cancellation_cause, f.is_cancelled, f.is_diverted, f.passengers, f.seats, f.load_factor,
            f.first_event_time, f.last_event_time, f.event_count
        FROM gold.fact_flight f
        JOIN gold.dim_airline a ON a.airline_key = f.airline_key
        JOIN gold.dim_airport o ON o.airport_key = f.origin_airport_key
        JOIN gold.dim_airport d ON d.airport_key = f.destination_airport_key
        JOIN gold.dim_route r ON r.route_key = f.route_key
        JOIN gold.dim_date t ON t.date_key = f.flight_date_key
        ORDER BY f.airline, f.flight_number, f.flight_suffix, f.flight_date, f.origin
        """;

    private readonly SilverLake _silver = new();

    private GoldFixture(WarehouseDatabase database) => Database = database;

    internal WarehouseDatabase Database { get; }

    /// <summary>The manifests of the windows that were loaded with one.</summary>
    internal WindowStore Manifests => new(_silver.Lake);

    /// <summary>Where what was loaded lies.</summary>
    internal ILake Lake => _silver.Lake;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static async Task<GoldFixture> CreateAsync(ClusterFixture cluster) => new(await cluster.CreateMigratedDatabaseAsync());

    internal async Task LoadAsync(string shard, params IReadOnlyList<SilverRow> rows) =>
        await new PostgresStagingStore(Database, NullLogger.Instance).LoadAsync(
            [await _silver.WindowAsync(shard, Entity.FlightEvent, rows)], _silver.Lake, Token);

    /// <summary>Loads a window of events of any kind, with its manifest in the lake.</summary>
    internal async Task LoadAsync(Entity entity, string shard, params IReadOnlyList<SilverRow> rows)
    {
        var window = await _silver.WindowAsync(shard, entity, rows);
        await Manifests.TryCommitAsync(window, Token);
        await new PostgresStagingStore(Database, NullLogger.Instance).LoadAsync([window], _silver.Lake, Token);
    }

    internal Task<GoldBuildOutcome> BuildAsync(Func<Task>? beforeCommit = null, Func<Task>? beforeStatement = null) =>
        Build(false, beforeCommit, beforeStatement).RunAsync(Token);

    internal Task<GoldBuildOutcome> FullBuildAsync() => Build(true, null, null).RunAsync(Token);

    internal Task<GoldBuildOutcome> RetryAsync() =>
        new GoldBuild(Database, ScriptFolder.Shipped, ReferenceTables.Default, TimeProvider.System, NullLogger.Instance) { IsRetry = true }.RunAsync(Token);

    private GoldBuild Build(bool isFull, Func<Task>? beforeCommit, Func<Task>? beforeStatement) =>
        new(Database, ScriptFolder.Shipped, ReferenceTables.Default, TimeProvider.System, NullLogger.Instance)
        {
            IsFull = isFull,
            BeforeCommit = beforeCommit,
            BeforeStatement = beforeStatement,
        };

    internal async Task<GoldBuildOutcome> LoadAndBuildAsync(params IReadOnlyList<SilverRow> rows)
    {
        await LoadAsync("s", rows);
        return await BuildAsync();
    }

    /// <summary>Columns of the only leg there is.</summary>
    internal async Task<string> LegAsync(string columns) => Assert.Single(await Database.RowsAsync($"SELECT {columns} FROM gold.fact_flight"));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _silver.Dispose();
    }
}
