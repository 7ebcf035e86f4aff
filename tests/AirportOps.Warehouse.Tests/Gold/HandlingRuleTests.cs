using static AirportOps.Warehouse.Tests.Gold.JsonEvents;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>Rules of bags, services, readings, status changes, aircraft and days, each by an example.</summary>
public sealed class HandlingRuleTests(ClusterFixture cluster) : IAsyncLifetime
{
    private GoldFixture _gold = null!;

    public async ValueTask InitializeAsync() => _gold = await GoldFixture.CreateAsync(cluster);

    [Fact]
    public async Task A_bag_is_followed_across_its_scans_to_the_claim()
    {
        await BuildAsync(
            Flown("1", "N1", "JFK", "12:00", "BOS", "13:00"),
            Scan("1", "10:00", "0001000001", "checkin", "JFK"), Scan(null, "10:05", "0001000001", "sorter", "JFK"), Scan("1", "11:40", "0001000001", "loaded", "JFK"),
            Scan("1", "13:10", "0001000001", "unloaded", "BOS"), Scan("1", "13:21", "0001000001", "claim", "BOS"));

        Assert.Equal(
            ["0001000001|1|JFK|BOS|2026-03-01 10:00:00|checkin|2026-03-01 13:21:00|claim|21|f|20.5|5"],
            await _gold.Database.RowsAsync(
                """
                SELECT b.bag_tag, b.flight_number, o.airport, d.airport, b.first_scan, b.first_scan_point, b.last_scan, b.last_scan_point, b.minutes_to_claim, b.is_mishandled, b.weight_kg, b.scan_count
                FROM gold.fact_baggage b
                JOIN gold.dim_airport o ON o.airport_key = b.origin_airport_key
                JOIN gold.dim_airport d ON d.airport_key = b.destination_airport_key
                """));
    }

    [Fact]
    public async Task A_bag_finds_its_leg_when_that_arrives_later_and_moves_its_claim_with_the_arrival()
    {
        await BuildAsync(Scan("1", "13:10", "0001000001", "unloaded", "BOS"), Scan("1", "13:21", "0001000001", "claim", "BOS"));
        Assert.Equal(["-1|11"], await _gold.Database.RowsAsync("SELECT flight_key, minutes_to_claim FROM gold.fact_baggage"));

        await BuildAsync(Flown("1", "N1", "JFK", "12:00", "BOS", "13:00"));
        Assert.Equal(["t|21"], await _gold.Database.RowsAsync("SELECT flight_key > 0, minutes_to_claim FROM gold.fact_baggage"));
    }

    [Fact]
    public async Task A_tag_that_comes_back_without_a_flight_is_another_bag()
    {
        await BuildAsync(
            Scan(null, "10:00", "0001000001", "checkin", "JFK"), Scan(null, "11:00", "0001000001", "mishandled", "JFK"),
            Scan(null, "2026-03-09T10:00:00", "0001000001", "checkin", "JFK"));

        Assert.Equal(
            ["2026-03-01 10:00:00|2|t|-1", "2026-03-09 10:00:00|1|f|-1"],
            await _gold.Database.RowsAsync("SELECT first_scan, scan_count, is_mishandled, flight_key FROM gold.fact_baggage ORDER BY 1"));
    }

    [Fact]
    public async Task A_start_pairs_with_the_end_that_follows_it_and_the_unpaired_are_kept()
    {
        await BuildAsync(
            Flown("1", "N1", "LAX", "06:00", "JFK", "11:00"), Flown("2", "N1", "JFK", "12:00", "BOS", "13:00"),
            Service("1", "11:05", "deboarding", "start", "JFK", "N1"), Service("1", "11:15", "deboarding", "end", "JFK", "N1"),
            Service("2", "11:20", "fueling", "start", "JFK", "N1"), Service("2", "11:30", "fueling", "start", "JFK", "N1"), Service("2", "11:41", "fueling", "end", "JFK", "N1"),
            Service("2", "11:50", "fueling", "end", "JFK", "N1"), Service(null, "11:55", "catering", "end", "JFK", "N1"));

        Assert.Equal(
            [
                "deboarding|1|11:05:00|11:15:00|10|t|60", "fueling|2|11:20:00|||f|60", "fueling|2|11:30:00|11:41:00|11|t|60", "fueling|2||11:50:00||f|60", "catering|||11:55:00||f|",
            ],
            await _gold.Database.RowsAsync(
                """
                SELECT s.service, s.flight_number, CAST(s.started AS TIME), CAST(s.ended AS TIME), s.minutes, s.is_paired, t.turnaround_minutes
                FROM gold.fact_ground_service s LEFT JOIN gold.fact_turnaround t ON t.turnaround_key = s.turnaround_key ORDER BY COALESCE(s.started, s.ended)
                """));
    }

    [Fact]
    public async Task A_late_start_joins_the_end_that_was_alone()
    {
        await BuildAsync(Service("1", "11:15", "cleaning", "end", "JFK", "N1"));
        await BuildAsync(Service("1", "11:05", "cleaning", "start", "JFK", "N1"));

        Assert.Equal(["2026-03-01 11:05:00|2026-03-01 11:15:00|10"], await _gold.Database.RowsAsync("SELECT started, ended, minutes FROM gold.fact_ground_service"));
    }

    [Fact]
    public async Task A_checkpoint_has_the_terminal_of_its_latest_reading_that_names_one()
    {
        await BuildAsync(Reading("12:00", "CP-1", "7.5", "4"), Reading("13:00", "CP-1", "9", null));
        await BuildAsync(Reading("11:00", "CP-1", "3", "8"));

        Assert.Equal(
            ["CP-1|4|20260301|11:00:00|3", "CP-1|4|20260301|12:00:00|7.5", "CP-1|4|20260301|13:00:00|9"],
            await _gold.Database.RowsAsync(
                "SELECT c.checkpoint, c.terminal, w.reading_date_key, CAST(w.measured_at AS TIME), w.wait_minutes FROM gold.fact_security_wait w JOIN gold.dim_checkpoint c ON c.checkpoint_key = w.checkpoint_key ORDER BY w.measured_at"));
    }

    [Fact]
    public async Task A_reading_without_a_wait_counts_for_what_it_tells()
    {
        await BuildAsync(Reading("12:00", "CP-1", "7.5", null), Throughput("12:30", "CP-1", 200));

        Assert.Equal(["2|7.50|7.5|200"], await _gold.Database.RowsAsync("SELECT readings, avg_wait_minutes, max_wait_minutes, passengers_screened FROM bi.security_waits_hourly"));
    }

    [Fact]
    public async Task Only_events_whose_status_differs_from_the_one_before_are_changes()
    {
        await BuildAsync(
            Flight("1", "10:00", "scheduled", "JFK", "BOS", "N1"), Flight("1", "11:00", "delayed", "JFK", "BOS", "N1"), Flight("1", "11:30", "delayed", "JFK", "BOS", "N1"));
        await BuildAsync(Flight("1", "10:30", "delayed", "JFK", "BOS", "N1"));

        Assert.Equal(
            ["10:00:00|scheduled||", "10:30:00|delayed|scheduled|30"],
            await _gold.Database.RowsAsync("SELECT CAST(changed_at AS TIME), status, previous_status, minutes_since_previous FROM gold.fact_flight_status ORDER BY 1"));
    }

    [Fact]
    public async Task A_late_change_of_type_splits_the_span_and_leads_legs_to_their_part()
    {
        const string Spans = "SELECT aircraft_type, airline, CAST(valid_from AS TIME), CAST(valid_to AS TIME), is_current FROM gold.dim_aircraft WHERE aircraft_key > 0 ORDER BY valid_from";
        await BuildAsync(
            Flight("1", "08:00", "scheduled", "JFK", "BOS", "N1"), Flight("1", "10:00", "departed", "JFK", "BOS", "N1", "\"aircraft_type\":\"B738\""),
            Flight("2", "14:00", "departed", "BOS", "JFK", "N1", "\"aircraft_type\":\"B738\""));
        Assert.Equal(["B738|AA|08:00:00||t"], await _gold.Database.RowsAsync(Spans));

        await BuildAsync(Flight("3", "12:00", "departed", "JFK", "LAX", "N1", "\"aircraft_type\":\"A321\""));
        Assert.Equal(["B738|AA|08:00:00|12:00:00|f", "A321|AA|12:00:00|14:00:00|f", "B738|AA|14:00:00||t"], await _gold.Database.RowsAsync(Spans));
        Assert.Equal(
            ["1|08:00:00", "2|14:00:00", "3|12:00:00"],
            await _gold.Database.RowsAsync("SELECT f.flight_number, CAST(a.valid_from AS TIME) FROM gold.fact_flight f JOIN gold.dim_aircraft a ON a.aircraft_key = f.aircraft_key ORDER BY 1"));
    }

    [Theory]
    [InlineData("2021-06", "2021-06-18: , Juneteenth National Independence Day|2021-06-19: Juneteenth National Independence Day, ")]
    [InlineData("2020-06", "")]
    [InlineData("2021-12", "2021-12-24: , Christmas Day|2021-12-25: Christmas Day, |2021-12-31: , New Year's Day")]
    [InlineData("2022-01", "2022-01-01: New Year's Day, |2022-01-17: Birthday of Martin Luther King, Jr., Birthday of Martin Luther King, Jr.")]
    [InlineData("2021-07", "2021-07-04: Independence Day, |2021-07-05: , Independence Day")]
    [InlineData("2024-11", "2024-11-11: Veterans Day, Veterans Day|2024-11-28: Thanksgiving Day, Thanksgiving Day")]
    [InlineData("2023-10", "2023-10-09: Columbus Day, Columbus Day")]
    [InlineData("2024-05", "2024-05-27: Memorial Day, Memorial Day")]
    public async Task Federal_holidays_and_their_days_off_are_the_laws(string month, string expected)
    {
        await BuildAsync(Reading($"{month}-15T12:00:00", "CP-1", "1", null));

        Assert.Equal(
            expected.Split('|', StringSplitOptions.RemoveEmptyEntries),
            await _gold.Database.RowsAsync(
                $"SELECT full_date || ': ' || COALESCE(holiday_name, '') || ', ' || COALESCE(observed_holiday_name, '') FROM gold.dim_date WHERE is_federal_holiday AND TO_CHAR(full_date, 'YYYY-MM') = '{month}' ORDER BY full_date"));
    }

    [Theory]
    [InlineData("2021-01", "2021-01-03", "Sunday|53|2020|January|t")]
    [InlineData("2024-12", "2024-12-30", "Monday|1|2025|December|f")]
    public async Task A_week_belongs_to_the_year_of_its_Thursday(string month, string day, string expected)
    {
        await BuildAsync(Reading($"{month}-15T12:00:00", "CP-1", "1", null));

        Assert.Equal([expected], await _gold.Database.RowsAsync($"SELECT weekday_name, iso_week, iso_year, month_name, is_weekend FROM gold.dim_date WHERE full_date = '{day}'"));
    }

    public ValueTask DisposeAsync() => _gold.DisposeAsync();

    private async Task BuildAsync(params string[] events)
    {
        await _gold.Database.StageAsync("s", events);
        await _gold.BuildAsync();
    }
}
