using AirportOps.Cleaning;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse.DataTests;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Tests.Gold;
using AirportOps.Warehouse.Tests.Loading;
using Microsoft.Extensions.Logging.Abstractions;
using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Warehouse.Tests.DataTests;

/// <summary>A small warehouse, loaded in two loads and built after each, for tests to copy and spoil.</summary>
public sealed class BuiltWarehouse(ClusterFixture cluster) : IAsyncLifetime
{
    private GoldFixture _gold = null!;

    /// <summary>The manifests of all that was loaded.</summary>
    internal WindowStore Manifests => _gold.Manifests;

    public async ValueTask InitializeAsync()
    {
        _gold = await GoldFixture.CreateAsync(cluster);
        await _gold.LoadAsync(
            Entity.FlightEvent,
            "s1",
            Flight("f1", "13:00", "scheduled", "scheduled_departure", "13:50", "scheduled_arrival", "20:00"),
            Flight("f2", "14:01", "departed", "actual_departure", "14:00", "tail_number", "N100AA", "passengers", 90, "seats", 100),
            Flight("f3", "15:00", "departed", "flight_number", 101, "flight_suffix", "A", "actual_departure", "15:00"),
            Flight("f4", "15:00", "cancelled", "flight_number", 102, "cancellation_cause", "weather"));
        await _gold.BuildAsync();
        await _gold.LoadAsync(
            Entity.FlightEvent,
            "s1",
            Flight("f5", "20:10", "arrived", "actual_arrival", "20:07"),
            Flight("f6", "21:00", "diverted", "flight_number", 101, "flight_suffix", "A"));
        await _gold.LoadAsync(Entity.BaggageEvent, "s2", Bag("b1", "12:00", "checkin"), Bag("b2", "13:00", "loaded"), Bag("b3", "20:40", "claim"));
        await _gold.LoadAsync(
            Entity.SecurityEvent,
            "s3",
            new SilverRow("w1", At("12:00"), new Dictionary<string, object> { ["checkpoint"] = "A", ["terminal"] = "4", ["wait_minutes"] = 7.5 }));
        await _gold.LoadAsync(
            Entity.FlightEvent,
            "s5",
            Flight("n1", "22:30", "departed", "flight_number", 200, "origin", "LHR", "destination", "JFK", "tail_number", "N100AA", "actual_departure", "22:07"));
        await _gold.LoadAsync(Entity.GroundEvent, "s4", Service("g1", "12:00", "start"), Service("g2", "12:20", "end"));
        await _gold.BuildAsync();
    }

    /// <summary>A copy of it, the caller's to spoil and to dispose.</summary>
    internal Task<WarehouseDatabase> CopyAsync() => cluster.CopyAsync(_gold.Database);

    /// <summary>Runs the shipped tests at a moment shortly after the loads.</summary>
    internal Task<IReadOnlyList<DataTestResult>> TestAsync(WarehouseDatabase database, string? selection = null, bool withLake = true, TimeProvider? clock = null) =>
        new DataTestRunner(database, ScriptFolder.Shipped, withLake ? Manifests : null, clock ?? TimeProvider.System, NullLogger.Instance)
            .RunAsync(selection, null, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _gold.DisposeAsync();

    private static SilverRow Bag(string id, string time, string scan) => new(id, At(time), new Dictionary<string, object>
    {
        ["airline"] = "AA",
        ["flight_number"] = 100,
        ["flight_date"] = new DateOnly(2026, 3, 1),
        ["bag_tag"] = "0001234567",
        ["scan_point"] = scan,
        ["weight_kg"] = 20.25,
    });

    private static SilverRow Service(string id, string time, string phase) => new(id, At(time), new Dictionary<string, object>
    {
        ["airline"] = "AA",
        ["flight_number"] = 100,
        ["flight_date"] = new DateOnly(2026, 3, 1),
        ["tail_number"] = "N100AA",
        ["service"] = "fueling",
        ["phase"] = phase,
    });
}
