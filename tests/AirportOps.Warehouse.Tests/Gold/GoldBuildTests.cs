using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Tests.Loading;
using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Warehouse.Tests.Gold;

public sealed class GoldBuildTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Order_of_arrival_and_batching_decide_nothing(int seed)
    {
        var random = new Random(seed);
        var events = RandomEvents(random, 60);
        await using var atOnce = await GoldFixture.CreateAsync(cluster);
        await atOnce.LoadAndBuildAsync([.. events]);
        var expected = await atOnce.Database.RowsAsync(GoldFixture.Facts);

        await using var piecemeal = await GoldFixture.CreateAsync(cluster);
        var shuffled = events.OrderBy(_ => random.Next()).ToList();
        while (shuffled.Count > 0)
        {
            var batch = shuffled[..Math.Min(shuffled.Count, random.Next(1, 12))];
            shuffled.RemoveRange(0, batch.Count);
            await piecemeal.LoadAsync($"shard-{random.Next(3)}", batch);
            if (random.Next(2) == 0)
            {
                await piecemeal.BuildAsync();
            }
        }

        await piecemeal.BuildAsync();

        Assert.NotEmpty(expected);
        Assert.True(expected.SequenceEqual(await piecemeal.Database.RowsAsync(GoldFixture.Facts)), $"seed {seed}");
    }

    [Fact]
    public async Task A_build_with_nothing_new_changes_nothing()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.LoadAndBuildAsync(Flight("1", "14:00", "departed"));
        const string Everything = "SELECT f.*, f.xmin FROM gold.fact_flight f";
        var before = await gold.Database.RowsAsync(Everything);

        Assert.Equal(default, await gold.BuildAsync());

        Assert.Equal(before, await gold.Database.RowsAsync(Everything));
        Assert.Equal(["1"], await gold.Database.RowsAsync("SELECT build_number FROM ops.gold_build"));
    }

    [Fact]
    public async Task A_build_measures_what_it_took_and_one_of_nothing_that_it_ran()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        using var measured = new MeasuredHere();

        await gold.LoadAndBuildAsync(Flight("1", "14:00", "departed"), Flight("2", "14:00", "departed", "flight_number", 101));
        await gold.BuildAsync();

        Assert.Equal(
            new Dictionary<string, long> { ["gold gold.build.duration"] = 1, ["gold gold.builds"] = 2, ["gold rows"] = 2, ["gold windows"] = 1 },
            measured.Sums);
    }

    [Fact]
    public async Task Batches_without_flights_are_taken_too()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);

        Assert.Equal(new GoldBuildOutcome(1, 1, 0, 0, 0), await gold.LoadAndBuildAsync());
        Assert.Equal(default, await gold.BuildAsync());
        Assert.Equal(new GoldBuildOutcome(2, 1, 1, 1, 0), await gold.LoadAndBuildAsync(Flight("1", "14:00", "departed")));
    }

    [Fact]
    public async Task A_late_event_restates_just_its_leg_and_says_what_it_changed()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.LoadAndBuildAsync(
            Flight("1", "14:00", "departed", "scheduled_departure", "13:50", "actual_departure", "14:00"),
            Flight("2", "14:00", "departed", "flight_number", 101));

        var late = await gold.LoadAndBuildAsync(Flight("3", "13:00", "delayed", "gate", "B7", "tail_number", "N1"));

        Assert.Equal(new GoldBuildOutcome(2, 1, 1, 0, 1), late);
        Assert.Equal(
            ["gold.fact_flight|AA100 2026-03-01 JFK|gate||B7", "gold.fact_flight|AA100 2026-03-01 JFK|tail_number||N1"],
            await gold.Database.RowsAsync("SELECT table_name, row_key, column_name, old_value, new_value FROM ops.restatement WHERE table_name = 'gold.fact_flight' ORDER BY column_name"));
        Assert.Equal(["100|2", "101|1"], await gold.Database.RowsAsync("SELECT flight_number, build_number FROM gold.fact_flight ORDER BY 1"));
    }

    [Fact]
    public async Task A_build_killed_before_its_commit_leaves_nothing()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.LoadAsync("s", Flight("1", "14:00", "departed"));

        await Assert.ThrowsAsync<WarehouseException>(() => gold.BuildAsync(() => gold.Database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'")));

        Assert.Equal(
            ["0|0|1"],
            await gold.Database.RowsAsync("SELECT (SELECT COUNT(*) FROM gold.fact_flight), (SELECT COUNT(*) FROM ops.gold_build), (SELECT COUNT(*) FROM gold.dim_airline)"));
        Assert.Equal(new GoldBuildOutcome(1, 1, 1, 1, 0), await gold.BuildAsync());
    }

    [Fact]
    public async Task Builds_at_once_take_turns()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.LoadAsync("s", Flight("1", "14:00", "departed"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => gold.BuildAsync()));

        Assert.Equal([0, 0, 0, 1], outcomes.Select(outcome => outcome.BuildNumber).Order());
        Assert.Equal(["1"], await gold.Database.RowsAsync("SELECT COUNT(*) FROM gold.fact_flight"));
    }

    [Fact]
    public async Task A_stream_is_complete_up_to_its_slowest_shard()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.LoadAsync("fast", Flight("1", "18:00", "departed"));
        await gold.LoadAsync("slow", Flight("2", "14:00", "scheduled", "flight_number", 101));
        await gold.BuildAsync();
        await gold.LoadAsync("slow", Flight("3", "15:30", "boarding", "flight_number", 101));
        await gold.BuildAsync();

        Assert.Equal(
            ["1|2026-03-01 14:00:00", "2|2026-03-01 15:30:00"],
            await gold.Database.RowsAsync("SELECT build_number, complete_until FROM ops.gold_build ORDER BY 1"));
        Assert.Equal(
            ["2026-03-01 15:30:00|100|departed", "2026-03-01 15:30:00|101|boarding"],
            await gold.Database.RowsAsync("SELECT as_of, flight_number, status FROM bi.live_flights ORDER BY flight_number"));
    }

    [Fact]
    public async Task Views_sum_legs_up()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        await gold.LoadAndBuildAsync(
            Flight("1", "20:00", "arrived", "scheduled_departure", "14:00", "actual_departure", "14:20", "scheduled_arrival", "20:00", "actual_arrival", "20:15", "carrier_minutes", 15, "passengers", 50, "seats", 100),
            Flight("2", "20:00", "arrived", "flight_number", 101, "scheduled_departure", "14:00", "actual_departure", "13:55", "scheduled_arrival", "20:00", "actual_arrival", "19:50", "passengers", 90, "seats", 100),
            Flight("3", "20:00", "cancelled", "flight_number", 102),
            Flight("4", "20:00", "diverted", "flight_number", 103, "actual_departure", "14:00"));

        Assert.Equal(
            ["2026-03-01|AA|American Airlines|4|1|1|3|2|1|1|7.50|2.50|20|15|15|0|0|0|0"],
            await gold.Database.RowsAsync("SELECT * FROM bi.airline_delays_daily"));
        Assert.Equal(
            ["JFK|LHR|New York|London|4|1|2026-03-01|2026-03-01|1|1|7.50|2.50|0.5000|140|0.7000"],
            await gold.Database.RowsAsync(
                "SELECT origin, destination, origin_city, destination_city, flights, airlines, first_flight_date, last_flight_date, cancelled, diverted, avg_departure_delay_minutes, avg_arrival_delay_minutes, on_time_arrival_share, passengers, avg_load_factor FROM bi.route_performance"));
    }

    /// <summary>Events of a few legs with equal times, missing fields and every status.</summary>
    private static List<SilverRow> RandomEvents(Random random, int count)
    {
        string[] statuses = ["scheduled", "boarding", "delayed", "departed", "arrived", "cancelled", "diverted"];
        return [.. Enumerable.Range(0, count).Select(index => Flight(
            $"id-{random.Next(1000)}-{index}",
            $"{random.Next(10, 14)}:00",
            statuses[random.Next(statuses.Length)],
            "flight_number", random.Next(1, 6),
            "flight_suffix", Maybe("A"),
            "destination", random.Next(2) == 0 ? "LHR" : "CDG",
            "gate", Maybe($"G{random.Next(9)}"),
            "tail_number", Maybe($"N{random.Next(9)}"),
            "scheduled_departure", Maybe("12:00"),
            "actual_departure", Maybe($"12:{random.Next(10, 60)}"),
            "scheduled_arrival", Maybe("18:00"),
            "actual_arrival", Maybe($"18:{random.Next(10, 60)}"),
            "delay_minutes", Maybe(random.Next(60)),
            "delay_cause", Maybe("weather"),
            "passengers", Maybe(random.Next(200)),
            "seats", Maybe(200)))];

        object? Maybe(object value) => random.Next(3) == 0 ? null : value;
    }
}
