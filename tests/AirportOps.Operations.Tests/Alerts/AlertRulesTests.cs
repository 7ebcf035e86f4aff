using System.Diagnostics.Metrics;
using AirportOps.Operations.Alerts;
using AirportOps.Pipeline.Tests.Bronze;

namespace AirportOps.Operations.Tests.Alerts;

/// <summary>What is found in what the stages measure.</summary>
public sealed class AlertRulesTests : IDisposable
{
    private static readonly KeyValuePair<string, object?> Silver = new("stage", "silver");
    private static readonly KeyValuePair<string, object?> Events = new("stream", "events");

    private readonly Meter _meter = new($"test{Guid.NewGuid():N}");
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _meter.Dispose();

    [Theory]
    [InlineData(299, false, "The windows of shard events/a are committed in time again.")]
    [InlineData(300, true, "The window of shard events/a has been open for 5 min; alerts begin at 5 min.")]
    [InlineData(90_000, true, "The window of shard events/a has been open for 25 h; alerts begin at 5 min.")]
    public void A_window_is_stuck_when_it_is_open_too_long(double seconds, bool isMet, string text)
    {
        using var rules = Rules();
        _meter.CreateObservableGauge("airportops.window.age", () => new Measurement<double>(seconds, Silver, Events, new("shard", "a")), "s");

        Assert.Equal([new AlertCondition(AlertKind.StuckWindow, "events/a", isMet, text, IsShared: false, IsOccurrence: false)], rules.Find());
    }

    [Theory]
    [InlineData(43_199, false, "Stage silver of events is 12 h behind, less than half of what the stream keeps again.")]
    [InlineData(43_200, true, "Stage silver of events is 12 h behind, half or more of the 24 h that the stream keeps its records: behind that they are lost.")]
    public void A_stage_behind_by_half_of_what_the_stream_keeps_is_found_before_anything_is_lost(double lag, bool isMet, string text)
    {
        using var rules = Rules();
        _meter.CreateObservableGauge("airportops.lag", () => new Measurement<double>(lag, Silver, Events, new("shard", "a")), "s");
        _meter.CreateObservableGauge("airportops.retention", () => new Measurement<double>(86_400, Silver, Events, new("shard", "a")), "s");

        Assert.Contains(new AlertCondition(AlertKind.Retention, "silver of events", isMet, text, IsShared: true, IsOccurrence: false), rules.Find());
    }

    [Fact]
    public void A_gap_is_found_once_for_each_time_it_is_counted()
    {
        using var rules = Rules();
        _meter.CreateCounter<long>("airportops.gaps").Add(1, Silver, Events, new("shard", "a"));

        var found = Assert.Single(rules.Find());
        Assert.Equal((AlertKind.Gap, "silver of events/a", true, true), (found.Kind, found.Place, found.IsMet, found.IsOccurrence));
        Assert.Empty(rules.Find());
    }

    [Fact]
    public void Keys_that_were_set_aside_are_found_once_by_step()
    {
        using var rules = Rules();
        var counter = _meter.CreateCounter<long>("airportops.gold.set_aside");
        counter.Add(2, new("stage", "gold"), new("step", "07_fact_flight.sql"));
        counter.Add(1, new("stage", "gold"), new("step", "07_fact_flight.sql"));

        Assert.Equal(
            new AlertCondition(
                AlertKind.SetAside,
                "07_fact_flight.sql",
                IsMet: true,
                "Step 07_fact_flight.sql of Gold fails of 3 keys: they are set aside with their events, and the rest is built.",
                IsShared: false,
                IsOccurrence: true),
            Assert.Single(rules.Find()));
        Assert.Empty(rules.Find());
    }

    [Fact]
    public void A_shard_that_is_left_to_another_is_found_no_more()
    {
        using var rules = Rules();
        using (var shard = new Meter(_meter.Name))
        {
            shard.CreateObservableGauge("airportops.window.age", () => new Measurement<double>(400, Silver, Events, new("shard", "a")), "s");
            Assert.Single(rules.Find());
        }

        Assert.Empty(rules.Find());
    }

    [Fact]
    public void Too_many_refusals_of_the_last_while_are_found_with_the_reason_of_most()
    {
        using var rules = Rules();
        var (events, refused) = (_meter.CreateCounter<long>("airportops.events"), _meter.CreateCounter<long>("airportops.refused"));

        Window(500, 30);
        var few = rules.Find().Single();
        _clock.Advance(TimeSpan.FromMinutes(10));
        Window(500, 30);
        var many = rules.Find().Single();
        _clock.Advance(TimeSpan.FromMinutes(6));
        Window(1000, 1);
        var later = rules.Find().Single();

        Assert.False(few.IsMet, "fewer than 1,000 events");
        Assert.Equal(
            new AlertCondition(
                AlertKind.QuarantineRate,
                "events",
                true,
                "Stream events: 60 of 1000 events in 15 min (6.0 %) were refused, most for not_json; alerts begin at 5.0 %.",
                IsShared: true,
                IsOccurrence: false),
            many);
        Assert.Equal((false, "Stream events: 31 of 1500 events in 15 min (2.1 %) were refused, few enough again."), (later.IsMet, later.Text));

        void Window(long all, long bad)
        {
            events.Add(all, Silver, Events, new("shard", "a"));
            refused.Add(bad - (bad / 3), Silver, Events, new("shard", "a"), new("reason", "not_json"));
            refused.Add(bad / 3, Silver, Events, new("shard", "a"), new("reason", "bad_status"));
        }
    }

    [Fact]
    public void Refusals_of_files_raise_nothing()
    {
        using var rules = Rules();
        _meter.CreateCounter<long>("airportops.events").Add(5000, new("stage", "clean"), new("stream", "clean"));
        _meter.CreateCounter<long>("airportops.refused").Add(5000, new("stage", "clean"), new("stream", "clean"), new("reason", "not_json"));

        Assert.Empty(rules.Find());
    }

    [Fact]
    public void A_stage_is_as_stale_as_the_shard_furthest_behind()
    {
        using var rules = Rules();
        _meter.CreateObservableGauge("airportops.lag", () => new Measurement<double>[]
        {
            new(5, Silver, Events, new("shard", "a")), new(1800, Silver, Events, new("shard", "b")), new(0, new("stage", "load"), Events),
        });
        _meter.CreateObservableGauge("airportops.gold.age", () => new Measurement<double>(7200, new KeyValuePair<string, object?>("stage", "gold")));

        Assert.Equal(
            [
                (true, "silver of events", true, "Stage silver of events is 30 min behind; alerts begin at 30 min."),
                (false, "load of events", false, "Stage load of events is 0 s behind, little enough again."),
                (false, "gold", true, "Stage gold is 2 h behind; alerts begin at 30 min."),
            ],
            rules.Find().Select(found => (found.IsShared, found.Place, found.IsMet, found.Text)));
    }

    [Fact]
    public void Failed_tests_are_found_by_table_when_a_whole_run_has_ended()
    {
        using var rules = Rules();
        var failed = _meter.CreateCounter<long>("airportops.failed_tests");
        var duration = _meter.CreateHistogram<double>("airportops.test.duration");

        Run(("gold.fact_flight.status.not_null", 1), ("gold.fact_flight.unique", 1), ("gold.dim_date.full_date.unique", 0));
        Assert.Empty(rules.Find());
        duration.Record(1, new KeyValuePair<string, object?>("stage", "test"));
        var first = rules.Find();
        Run(("gold.fact_flight.status.not_null", 0), ("gold.fact_flight.unique", 0), ("gold.dim_date.full_date.unique", 0));
        duration.Record(1, new KeyValuePair<string, object?>("stage", "test"));
        var second = rules.Find();

        Assert.Equal(
            [
                ("gold.fact_flight", true, "Data tests of gold.fact_flight failed: gold.fact_flight.status.not_null, gold.fact_flight.unique."),
                ("gold.dim_date", false, "All data tests of gold.dim_date hold again."),
            ],
            first.Select(found => (found.Place, found.IsMet, found.Text)));
        Assert.Equal([false, false], second.Select(found => found.IsMet));
        Assert.Empty(rules.Find());

        void Run(params (string Test, long Failed)[] tests)
        {
            foreach (var (test, value) in tests)
            {
                failed.Add(value, new("stage", "test"), new("test", test));
            }
        }
    }

    [Fact]
    public void A_threshold_of_zero_turns_a_kind_off()
    {
        using var rules = new AlertRules(
            new AlertOptions { MeterName = _meter.Name, StuckAfter = TimeSpan.Zero, QuarantineShare = 0, StaleAfter = TimeSpan.Zero }, _clock);
        _meter.CreateObservableGauge("airportops.window.age", () => new Measurement<double>(1e6, Silver, Events, new("shard", "a")));
        _meter.CreateObservableGauge("airportops.lag", () => new Measurement<double>(1e6, Silver, Events, new("shard", "a")));
        _meter.CreateCounter<long>("airportops.events").Add(5000, Silver, Events);
        _meter.CreateCounter<long>("airportops.refused").Add(5000, Silver, Events, new("reason", "not_json"));

        Assert.Empty(rules.Find());
    }

    private AlertRules Rules() => new(new AlertOptions { MeterName = _meter.Name }, _clock);
}
