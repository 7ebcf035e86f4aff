using System.Text;

namespace AirportOps.Cleaning.Tests;

/// <summary>When two events with one id are the same.</summary>
public sealed class DuplicateTests
{
    public static TheoryData<string, string> SameContent => new()
    {
        { Events.Flight(("airport", null)), Events.Flight(("airport", "\"JFK\"")) },
        { Events.Flight(("seats", "180")), Events.Flight(("seats", "\"180.0\"")) },
        { Events.Flight(), Events.Flight(("event_time", "1772373900"), ("airline", null), ("flight_number", "\"aal100\"")) },
        { Events.Flight(), Events.Flight(("gate", "\"n/a\""), ("x", "null")) },
        { Events.Flight(), "[" + Events.Flight(("tail_number", "7.5")) + "]" },
        { Events.Security(("wait_minutes", "0")), Events.Security(("wait_minutes", "-0.0")) },
        { Events.Flight(("x", "1"), ("Y", "{ \"z\" : 2 }")), Events.Flight(("x", " 1"), ("Y", "{\"z\":2}")) },
    };

    public static TheoryData<string, string> OtherContent => new()
    {
        { Events.Flight(), Events.Flight(("airport", "\"LHR\"")) },
        { Events.Flight(), Events.Flight(("seats", "0")) },
        { Events.Flight(("terminal", "\"B\"")), Events.Flight(("gate", "\"B\"")) },
        { Events.Flight(("x", "1")), Events.Flight(("x", "1.0")) },
        { Events.Flight(("x", "1"), ("y", "1")), Events.Flight(("y", "1"), ("x", "1")) },
        { Events.Flight(), Events.Flight(("x", "1")) },
        { Events.Flight(), Events.Security(("event_id", "\"f1\"")) },
    };

    [Theory]
    [MemberData(nameof(SameContent))]
    public void Equal_clean_content_is_a_duplicate(string first, string second) => Assert.Equal((1, 1, 0), Counts(first, second));

    [Theory]
    [MemberData(nameof(OtherContent))]
    public void Other_clean_content_is_a_conflict(string first, string second) => Assert.Equal((1, 0, 1), Counts(first, second));

    [Fact]
    public void A_refused_event_is_not_remembered() =>
        Assert.Equal((1, 0, 1), Counts(Events.Flight(("status", "\"odd\"")), Events.Flight()));

    [Fact]
    public void After_the_horizon_an_id_may_come_again()
    {
        var run = new CleaningRun();
        var record = Encoding.UTF8.GetBytes(Events.Flight());
        run.Clean(record);
        run.Clean(record, CleaningRun.Arrival + (24 * 3_600_000_000L));
        run.Clean(record, CleaningRun.Arrival + (24 * 3_600_000_000L) + 1);

        Assert.Equal((2, 1), (run.Batch.Rows, run.Batch.Duplicates));
        Assert.Equal([CleaningRun.Arrival, CleaningRun.Arrival + (24 * 3_600_000_000L) + 1], run.Batch.AcceptedEvents.ToArray().Select(accepted => accepted.ArrivedMicros));
    }

    private static (long Rows, long Duplicates, long Refused) Counts(params string[] records)
    {
        var run = new CleaningRun();
        foreach (var record in records)
        {
            run.Clean(Encoding.UTF8.GetBytes(record));
        }

        return (run.Batch.Rows, run.Batch.Duplicates, run.Batch.RefusedByReason.GetValueOrDefault("conflicting_duplicate") + run.Batch.RefusedByReason.GetValueOrDefault("bad_status"));
    }
}
