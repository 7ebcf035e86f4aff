using static AirportOps.Warehouse.Tests.Gold.JsonEvents;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>The contract's rules of stays, each by an example.</summary>
public sealed class StayRuleTests(ClusterFixture cluster) : IAsyncLifetime
{
    private const string Stays =
        "SELECT tail_number, airport, on_block, off_block, turnaround_minutes, passengers_in, passengers_out, is_overnight, is_impossible FROM gold.fact_turnaround ORDER BY off_block";

    private const string Breaks =
        "SELECT tail_number, expected_airport, departed_airport, on_block, off_block, is_after_diversion FROM gold.fact_continuity_break ORDER BY off_block";

    private GoldFixture _gold = null!;

    public async ValueTask InitializeAsync() => _gold = await GoldFixture.CreateAsync(cluster);

    [Fact]
    public async Task A_stay_lies_between_an_aircrafts_legs_by_actual_departure()
    {
        await BuildAsync(
            Flown("3", "N1", "BOS", "15:00", "JFK", "16:10"),
            Flown("1", "N1", "LAX", "06:00", "JFK", "11:30", "\"passengers\":150"),
            Flown("2", "N1", "JFK", "12:20", "BOS", "13:30", "\"passengers\":140"),
            Flown("9", "N2", "JFK", "12:00", "LAX", "18:00"));

        Assert.Equal(
            ["N1|JFK|2026-03-01 11:30:00|2026-03-01 12:20:00|50|150|140|f|f", "N1|BOS|2026-03-01 13:30:00|2026-03-01 15:00:00|90|140||f|f"],
            await _gold.Database.RowsAsync(Stays));
    }

    [Fact]
    public async Task A_night_at_the_airport_is_kept_and_told_by_its_own_clocks()
    {
        // 05:10 UTC is 00:10 in New York, 04:50 is 23:50 of the day before: only the first stay has a night in it.
        await BuildAsync(
            Flown("1", "N1", "LAX", "22:00", "JFK", "2026-03-02T03:30:00"),
            Flown("2", "N1", "JFK", "2026-03-02T05:10:00", "BOS", "2026-03-02T06:00:00"),
            Flown("3", "N2", "LAX", "21:00", "JFK", "2026-03-02T02:30:00"),
            Flown("4", "N2", "JFK", "2026-03-02T04:50:00", "BOS", "2026-03-02T06:00:00"));

        Assert.Equal(["N1|t", "N2|f"], await _gold.Database.RowsAsync("SELECT tail_number, is_overnight FROM gold.fact_turnaround ORDER BY 1"));
    }

    [Fact]
    public async Task A_stay_that_ends_before_it_begins_is_kept_and_flagged()
    {
        await BuildAsync(Flown("1", "N1", "LAX", "06:00", "JFK", "11:30"), Flown("2", "N1", "JFK", "11:30", "BOS", "13:00"), Flown("3", "N1", "BOS", "12:40", "JFK", "14:00"));

        Assert.Equal(["0|t", "-20|t"], await _gold.Database.RowsAsync("SELECT turnaround_minutes, is_impossible FROM gold.fact_turnaround ORDER BY off_block"));
    }

    [Fact]
    public async Task Departing_elsewhere_is_a_break_and_no_stay()
    {
        await BuildAsync(Flown("1", "N1", "LAX", "06:00", "JFK", "11:30"), Flown("2", "N1", "EWR", "13:00", "BOS", "14:00"));

        Assert.Empty(await _gold.Database.RowsAsync(Stays));
        Assert.Equal(["N1|JFK|EWR|2026-03-01 11:30:00|2026-03-01 13:00:00|f"], await _gold.Database.RowsAsync(Breaks));
    }

    [Fact]
    public async Task A_diverted_leg_begins_no_stay_and_explains_the_break_after_it()
    {
        await BuildAsync(
            Flight("1", "12:00", "diverted", "LAX", "JFK", "N1", "\"actual_departure\":\"2026-03-01T06:00:00Z\""),
            Flown("2", "N1", "PHL", "14:00", "JFK", "15:00"));

        Assert.Empty(await _gold.Database.RowsAsync(Stays));
        Assert.Equal(["N1|JFK|PHL||2026-03-01 14:00:00|t"], await _gold.Database.RowsAsync(Breaks));
    }

    [Fact]
    public async Task A_leg_that_turns_up_in_between_late_splits_the_stay_and_a_cancelled_one_joins_it_again()
    {
        await BuildAsync(Flown("1", "N1", "LAX", "06:00", "JFK", "11:00"), Flown("4", "N1", "JFK", "20:00", "LAX", "23:30"));
        Assert.Equal(["540"], await _gold.Database.RowsAsync("SELECT turnaround_minutes FROM gold.fact_turnaround"));

        await BuildAsync(Flown("2", "N1", "JFK", "12:00", "BOS", "13:00"), Flown("3", "N1", "BOS", "14:00", "JFK", "15:00"));
        Assert.Equal(["60", "60", "300"], await _gold.Database.RowsAsync("SELECT turnaround_minutes FROM gold.fact_turnaround ORDER BY off_block"));

        await BuildAsync(Flight("2", "22:00", "cancelled", "JFK", "BOS", "N1"), Flight("3", "22:00", "cancelled", "BOS", "JFK", "N1"));
        Assert.Equal(["540"], await _gold.Database.RowsAsync("SELECT turnaround_minutes FROM gold.fact_turnaround"));
        Assert.Contains(
            "N1 BOS 2026-03-01 13:00:00|*|a row|",
            await _gold.Database.RowsAsync("SELECT row_key, column_name, old_value, new_value FROM ops.restatement WHERE table_name = 'gold.fact_turnaround'"));
    }

    [Fact]
    public async Task The_legs_around_a_change_count_however_far_away_they_are()
    {
        await BuildAsync(Flown("1", "N1", "LAX", "06:00", "JFK", "11:00"), Flown("9", "N1", "JFK", "2026-03-20T06:00:00", "LAX", "2026-03-20T11:00:00"));
        await BuildAsync(Flown("5", "N1", "JFK", "2026-03-10T06:00:00", "BOS", "2026-03-10T07:00:00"));

        Assert.Equal(["JFK|12660"], await _gold.Database.RowsAsync("SELECT airport, turnaround_minutes FROM gold.fact_turnaround"));
        Assert.Equal(["BOS|JFK"], await _gold.Database.RowsAsync("SELECT expected_airport, departed_airport FROM gold.fact_continuity_break"));
    }

    public ValueTask DisposeAsync() => _gold.DisposeAsync();

    private async Task BuildAsync(params string[] events)
    {
        await _gold.Database.StageAsync("s", events);
        await _gold.BuildAsync();
    }
}
