using AirportOps.Warehouse.DataTests;

namespace AirportOps.Warehouse.Tests.DataTests;

/// <summary>The shipped data tests on a good warehouse and on ones spoilt in one place each.</summary>
public sealed class SeededFaultTests(BuiltWarehouse built) : IClassFixture<BuiltWarehouse>
{
    private const string Leg = "AA 100 - 2026-03-01 JFK";
    private const string Stay = "N100AA 2026-03-01 22:07:00";

    [Fact]
    public async Task A_good_warehouse_passes_every_test()
    {
        await using var database = await built.CopyAsync();

        var results = await built.TestAsync(database);

        Assert.True(results.Count >= 120);
        Assert.Empty(Failing(results));
        Assert.All(results, result => Assert.Equal(DataTestState.Passed, result.State));
    }

    [Theory]
    [InlineData(
        "INSERT INTO gold.fact_flight SELECT * FROM gold.fact_flight WHERE flight_number = 100",
        "fact_flight.airline_flight_number_flight_suffix_flight_date_origin.unique: AA 100 - 2026-03-01 JFK (2 rows)",
        "fact_flight.reconciliation: AA 100 - 2026-03-01 JFK (3 events in staging, 6 here)",
        "fact_flight.flight_key.unique: 1 (2 rows)")]
    [InlineData(
        "DELETE FROM gold.fact_flight WHERE flight_number = 101",
        "fact_flight.reconciliation: AA 101 A 2026-03-01 JFK (2 events in staging, 0 here)",
        "fact_flight_status.flight_key.relationships: f3 (*)",
        "fact_flight_status.flight_key.relationships: f6 (*)")]
    [InlineData("UPDATE gold.fact_flight SET event_count = 7 WHERE flight_number = 100", $"fact_flight.reconciliation: {Leg} (3 events in staging, 7 here)")]
    [InlineData(
        "UPDATE gold.fact_flight SET airline_key = 999999 WHERE flight_number = 100", $"fact_flight.airline_key.relationships: {Leg} (999999)")]
    [InlineData(
        "UPDATE gold.fact_flight SET airline_key = (SELECT airline_key FROM gold.dim_airline WHERE airline = 'BA') WHERE flight_number = 100",
        $"fact_flight.flight_keys: {Leg} (airline_key *)")]
    [InlineData("UPDATE gold.fact_flight SET flight_date_key = 20260302 WHERE flight_number = 100", $"fact_flight.flight_keys: {Leg} (flight_date_key 20260302)")]
    [InlineData(
        "UPDATE gold.fact_flight SET route_key = 77 WHERE flight_number = 100", $"fact_flight.route_key.relationships: {Leg} (77)")]
    [InlineData("UPDATE gold.fact_flight SET delay_cause_key = 9 WHERE flight_number = 100", $"fact_flight.delay_cause_key.relationships: {Leg} (9)")]
    [InlineData("UPDATE gold.fact_flight SET status = 'landed' WHERE flight_number = 100", $"fact_flight.status.accepted_values: {Leg} (landed)")]
    [InlineData("UPDATE gold.fact_flight SET load_factor = 1.6 WHERE flight_number = 100", $"fact_flight.load_factor.range: {Leg} (1.6000)")]
    [InlineData(
        "UPDATE gold.fact_flight SET is_cancelled = TRUE WHERE flight_number = 100",
        $"fact_flight.flight_states: {Leg} (cancelled, but its status is arrived)",
        $"fact_turnaround.turnaround_legs: {Stay} (a leg is cancelled or diverted)")]
    [InlineData(
        "UPDATE gold.fact_flight SET arrival_delay_minutes = 5 WHERE flight_number = 101",
        "fact_flight.flight_states: AA 101 A 2026-03-01 JFK (diverted, but it has an arrival delay)")]
    [InlineData(
        "UPDATE gold.fact_flight SET actual_arrival = '2026-03-01 13:00' WHERE flight_number = 100",
        $"fact_flight.flight_times: {Leg} (departed 2026-03-01 14:00:00, arrived 2026-03-01 13:00:00)",
        $"fact_turnaround.turnaround_legs: {Stay} (its times are not those of its legs)")]
    [InlineData("UPDATE gold.dim_airport SET latitude = 91 WHERE airport = 'JFK'", "dim_airport.latitude.range: JFK (91)")]
    [InlineData(
        "INSERT INTO gold.dim_airline (airline, airline_name, is_active) VALUES ('AA', 'Twin', TRUE)", "dim_airline.airline.unique: AA (2 rows)")]
    [InlineData("DELETE FROM gold.dim_date WHERE full_date = '2026-03-15'", "dim_date.date_gaps: 2026-03-01 (30 days)")]
    [InlineData("INSERT INTO gold.dim_route SELECT * FROM gold.dim_route WHERE origin = 'JFK'", "dim_route.origin_destination.unique: JFK LHR (2 rows)", "dim_route.route_key.unique: * (2 rows)")]
    [InlineData(
        "INSERT INTO staging.flight_event SELECT * FROM staging.flight_event WHERE event_id = 'f1'",
        "flight_event.row_count: events/s1/000000000001 (4 rows in the journal, 5 in the table)",
        "flight_event.event_id.unique: f1 (2 rows)",
        $"fact_flight.reconciliation: {Leg} (4 events in staging, 3 here)")]
    [InlineData(
        "DELETE FROM staging.baggage_event WHERE event_id = 'b2'",
        "baggage_event.row_count: events/s2/000000000001 (3 rows in the journal, 2 in the table)",
        "fact_baggage.reconciliation: 0001234567 (2 events in staging, 3 here)")]
    [InlineData("UPDATE staging.baggage_event SET weight_kg = 2000 WHERE event_id = 'b1'", "baggage_event.weight_kg.range: b1 (2000)")]
    [InlineData("UPDATE staging.ground_event SET phase = 'middle' WHERE event_id = 'g1'", "ground_event.phase.accepted_values: g1 (middle)")]
    [InlineData("UPDATE staging.security_event SET event_time = '1999-12-31' WHERE event_id = 'w1'", "security_event.event_time.range: w1 (1999-12-31 00:00:00)")]
    [InlineData(
        "UPDATE ops.load_batch SET duplicates = 1 WHERE shard = 's3'",
        "load_batch.manifests: events/s3/000000000001 (1 rows in the manifest, 1 loaded and 1 duplicates in the journal)")]
    [InlineData(
        "UPDATE ops.load_batch SET ordinal = 3 WHERE shard = 's1' AND ordinal = 2",
        "load_batch.manifests: events/s1/000000000002 (no manifest)",
        "load_batch.missing_windows: events/s1 (newest window 3, windows 2)")]
    [InlineData("UPDATE ops.gold_build SET from_load = 0 WHERE build_number = 2", "gold_build.build_ranges: build 2 (starts after load 0, the one before ended with 1)")]
    [InlineData("UPDATE gold.dim_aircraft SET is_current = FALSE WHERE tail_number = 'N100AA'", "dim_aircraft.aircraft_spans: N100AA * (the last span is closed or not current)")]
    [InlineData(
        "UPDATE gold.fact_turnaround SET turnaround_minutes = 90",
        $"fact_turnaround.turnaround_legs: {Stay} (minutes 90)")]
    [InlineData(
        "UPDATE gold.fact_turnaround SET airport = 'CDG'",
        $"fact_turnaround.turnaround_legs: {Stay} (at CDG, legs to LHR and from LHR)")]
    [InlineData("UPDATE gold.fact_baggage SET scan_count = 2", "fact_baggage.reconciliation: 0001234567 (3 events in staging, 2 here)")]
    [InlineData("DELETE FROM gold.fact_security_wait", "fact_security_wait.reconciliation: w1 (1 rows in staging, 0 here)")]
    [InlineData("UPDATE gold.fact_ground_service SET end_event_id = NULL", "fact_ground_service.ground_events: g2 (1 in staging, in 0 services)")]
    [InlineData(
        "DELETE FROM gold.fact_flight_status s USING gold.fact_flight f WHERE f.flight_key = s.flight_key AND f.flight_number = 102",
        "fact_flight_status.flights_without_status: AA 102 - 2026-03-01 JFK (no change of status)")]
    public async Task A_fault_is_found_by_its_tests_which_name_the_row(string fault, params string[] expected)
    {
        await using var database = await built.CopyAsync();
        await database.ExecuteAsync(fault);

        var found = Failing(await built.TestAsync(database));

        Assert.Equal(expected.Length, found.Count);
        Assert.All(expected.Order(StringComparer.Ordinal).Zip(found.Order(StringComparer.Ordinal)), pair => Assert.Matches(
            $"^{System.Text.RegularExpressions.Regex.Escape(pair.First).Replace("\\*", ".*", StringComparison.Ordinal)}$", pair.Second));
    }

    /// <summary>The failing rows, each as <c>table.column.kind: key (detail)</c>.</summary>
    private static List<string> Failing(IEnumerable<DataTestResult> results) =>
        [.. results.SelectMany(result => result.Rows.Select(row => $"{result.Name[(result.Name.IndexOf('.', StringComparison.Ordinal) + 1)..]}: {row.Key} ({row.Detail})"))];
}
