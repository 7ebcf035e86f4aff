using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>The contract's rules of a leg, each by an example.</summary>
public sealed class LegRuleTests(ClusterFixture cluster) : IAsyncLifetime
{
    private GoldFixture _gold = null!;

    public async ValueTask InitializeAsync() => _gold = await GoldFixture.CreateAsync(cluster);

    [Fact]
    public async Task Each_field_has_the_value_of_the_greatest_event_time_and_null_overwrites_nothing()
    {
        await _gold.LoadAndBuildAsync(
            Flight("3", "12:00", "delayed", "gate", null, "estimated_departure", "15:00"),
            Flight("1", "10:00", "scheduled", "gate", "A1", "terminal", "4", "tail_number", "N1"),
            Flight("2", "11:00", "boarding", "gate", "A2", "tail_number", null));

        Assert.Equal("delayed|A2|4|N1|2026-03-01 15:00:00|2026-03-01 10:00:00|2026-03-01 12:00:00|3", await _gold.LegAsync(
            "status, gate, terminal, tail_number, estimated_departure, first_event_time, last_event_time, event_count"));
    }

    [Fact]
    public async Task A_codeshare_record_is_no_leg_and_no_sighting_of_the_aircraft()
    {
        await _gold.LoadAndBuildAsync(
            Flight("1", "10:00", "scheduled", "tail_number", "N1"),
            Flight("2", "11:00", "departed", "airline", "BA", "flight_number", 1511, "codeshare_of", "AA100", "tail_number", "N1"),
            Flight("3", "12:00", "departed", "codeshare_of", "BA5", "gate", "Z9"));

        Assert.Equal(["AA|100|scheduled||1"], await _gold.Database.RowsAsync("SELECT airline, flight_number, status, gate, event_count FROM gold.fact_flight"));
        Assert.Equal(["N1|AA"], await _gold.Database.RowsAsync("SELECT tail_number, airline FROM gold.dim_aircraft WHERE tail_number = 'N1'"));
    }

    [Fact]
    public async Task At_one_event_time_the_later_status_wins_and_then_the_greater_id()
    {
        await _gold.LoadAndBuildAsync(
            Flight("9", "10:00", "scheduled", "gate", "S"),
            Flight("1", "10:00", "departed", "gate", "D1", "terminal", "1"),
            Flight("2", "10:00", "departed", "gate", "D2"),
            Flight("a", "09:59", "arrived", "gate", "A"));

        Assert.Equal("departed|D2|1", await _gold.LegAsync("status, gate, terminal"));
    }

    [Theory]
    [InlineData("14:00", "14:12", 99, 12)]
    [InlineData("14:00", "13:55", 99, -5)]
    [InlineData("14:00", "14:00:59", 99, 0)]
    [InlineData("14:00:59", "14:01:00", 99, 1)]
    [InlineData(null, "14:12", 99, 99)]
    [InlineData("14:00", null, 7, 7)]
    [InlineData("14:00", null, null, null)]
    public async Task Departure_delay_counts_minutes_or_is_what_the_source_states(string? scheduled, string? actual, int? stated, int? expected)
    {
        await _gold.LoadAndBuildAsync(Flight("1", "15:00", "departed", "scheduled_departure", scheduled, "actual_departure", actual, "delay_minutes", stated));

        Assert.Equal($"{expected}", await _gold.LegAsync("departure_delay_minutes"));
    }

    [Fact]
    public async Task Arrival_delay_counts_minutes_and_has_no_fallback()
    {
        await _gold.LoadAndBuildAsync(Flight("1", "20:00", "arrived", "scheduled_arrival", "20:10", "actual_arrival", "20:00", "delay_minutes", 3));

        Assert.Equal("-10|3", await _gold.LegAsync("arrival_delay_minutes, departure_delay_minutes"));
    }

    [Fact]
    public async Task A_leg_is_diverted_once_an_event_says_so_and_then_has_no_arrival_delay()
    {
        await _gold.LoadAndBuildAsync(
            Flight("1", "19:00", "diverted"),
            Flight("2", "21:00", "arrived", "scheduled_arrival", "20:00", "actual_arrival", "20:55"));

        Assert.Equal("arrived|t|f||2026-03-01 20:55:00", await _gold.LegAsync("status, is_diverted, is_cancelled, arrival_delay_minutes, actual_arrival"));
    }

    [Theory]
    [InlineData("departed", "9")]
    [InlineData("delayed", "")]
    public async Task A_cancelled_leg_keeps_its_departure_delay_only_if_it_had_left_the_gate(string before, string delay)
    {
        await _gold.LoadAndBuildAsync(
            Flight("1", "14:00", before, "delay_minutes", 9),
            Flight("2", "15:00", "cancelled", "cancellation_cause", "weather"));

        Assert.Equal($"cancelled|t|{delay}|weather|2", await _gold.LegAsync("status, is_cancelled, departure_delay_minutes, cancellation_cause, cancellation_cause_key"));
    }

    [Fact]
    public async Task A_leg_taken_up_again_after_its_cancellation_is_not_cancelled()
    {
        await _gold.LoadAndBuildAsync(Flight("1", "14:00", "cancelled"), Flight("2", "15:00", "departed"));

        Assert.Equal("departed|f", await _gold.LegAsync("status, is_cancelled"));
    }

    [Theory]
    [InlineData(150, 200, "0.7500")]
    [InlineData(1, 3, "0.3333")]
    [InlineData(2, 3, "0.6667")]
    [InlineData(10, 0, "")]
    [InlineData(null, 100, "")]
    public async Task Load_factor_is_passengers_by_seats(int? passengers, int? seats, string expected)
    {
        await _gold.LoadAndBuildAsync(Flight("1", "14:00", "departed", "passengers", passengers, "seats", seats));

        Assert.Equal(expected, await _gold.LegAsync("load_factor"));
    }

    [Fact]
    public async Task A_leg_is_its_airline_number_suffix_date_and_origin()
    {
        await _gold.LoadAndBuildAsync(
            Flight("1", "14:00", "departed"),
            Flight("2", "14:00", "departed", "flight_suffix", "A"),
            Flight("3", "14:00", "departed", "airline", "UA"),
            Flight("4", "14:00", "departed", "flight_number", 101),
            Flight("5", "14:00", "departed", "origin", "EWR"),
            Flight("6", "14:00", "departed", "flight_date", new DateOnly(2026, 3, 2)),
            Flight("7", "15:00", "departed", "destination", "CDG"));

        Assert.Equal(
            ["AA|100||2026-03-01|EWR|LHR", "AA|100||2026-03-01|JFK|CDG", "AA|100||2026-03-02|JFK|LHR", "AA|100|A|2026-03-01|JFK|LHR", "AA|101||2026-03-01|JFK|LHR", "UA|100||2026-03-01|JFK|LHR"],
            await _gold.Database.RowsAsync("SELECT airline, flight_number, flight_suffix, flight_date, origin, destination FROM gold.fact_flight ORDER BY 1, 2, 3 NULLS FIRST, 4, 5"));
    }

    [Fact]
    public async Task Keys_lead_to_dimensions_with_what_the_reference_says()
    {
        await _gold.LoadAndBuildAsync(Flight("1", "14:00", "departed", "delay_cause", "nas"));

        Assert.Equal(
            ["AA|American Airlines|t|New York|London|5540|20260301|7|t|nas"],
            await _gold.Database.RowsAsync(
                """
                SELECT a.airline, a.airline_name, a.is_active, o.city, d.city, ROUND(r.distance_km), t.date_key, t.day_of_week, t.is_weekend, c.delay_cause
                FROM gold.fact_flight f
                JOIN gold.dim_airline a ON a.airline_key = f.airline_key
                JOIN gold.dim_airport o ON o.airport_key = f.origin_airport_key
                JOIN gold.dim_airport d ON d.airport_key = f.destination_airport_key
                JOIN gold.dim_route r ON r.route_key = f.route_key
                JOIN gold.dim_date t ON t.date_key = f.flight_date_key
                JOIN gold.dim_delay_cause c ON c.delay_cause_key = f.delay_cause_key
                """));
        Assert.Equal(
            ["2026-03-01|2026-03-31|31|60|90|9|14"],
            await _gold.Database.RowsAsync(
                "SELECT MIN(full_date), MAX(full_date), COUNT(full_date), MIN(day_of_year), MAX(day_of_year), MIN(iso_week), MAX(iso_week) FROM gold.dim_date"));
    }

    [Fact]
    public async Task Each_dimension_has_a_row_for_unknown() =>
        Assert.Equal(
            ["aircraft", "airline", "airport", "checkpoint", "date", "delay_cause", "route"],
            await _gold.Database.RowsAsync(
                """
                SELECT 'aircraft' FROM gold.dim_aircraft WHERE aircraft_key = -1 UNION ALL
                SELECT 'airline' FROM gold.dim_airline WHERE airline_key = -1 UNION ALL
                SELECT 'airport' FROM gold.dim_airport WHERE airport_key = -1 UNION ALL
                SELECT 'checkpoint' FROM gold.dim_checkpoint WHERE checkpoint_key = -1 UNION ALL
                SELECT 'date' FROM gold.dim_date WHERE date_key = -1 UNION ALL
                SELECT 'delay_cause' FROM gold.dim_delay_cause WHERE delay_cause_key = -1 UNION ALL
                SELECT 'route' FROM gold.dim_route WHERE route_key = -1
                """));

    public ValueTask DisposeAsync() => _gold.DisposeAsync();
}
