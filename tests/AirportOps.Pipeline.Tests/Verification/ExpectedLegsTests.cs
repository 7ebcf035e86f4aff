using System.Text.Json;
using AirportOps.Cleaning;
using AirportOps.Pipeline.Verification;

namespace AirportOps.Pipeline.Tests.Verification;

public sealed class ExpectedLegsTests
{
    private static readonly LegKey Leg = new("AA", 100, null, "2026-03-01", "JFK");

    [Fact]
    public async Task Each_field_is_that_of_the_greatest_event_time_and_a_null_overwrites_nothing()
    {
        var legs = Legs(
            """{"event_id":"b","event_time":"2026-03-01T15:00:00Z","status":"departed","actual_departure":"2026-03-01T15:00:00Z"}""",
            """{"event_id":"a","event_time":"2026-03-01T10:00:00Z","status":"scheduled","gate":"B4","passengers":120}""");

        var (equal, differences) = await legs.CompareAsync(Gold(Leg, ("status", "departed"), ("gate", "B4"), ("passengers", "120"), ("actual_departure", "2026-03-01T15:00:00Z")));

        Assert.Empty(differences);
        Assert.Equal(1, equal);
    }

    [Theory]
    [InlineData("cancelled", "a", "departed", "b", "cancelled")] // a tie of time: the later status
    [InlineData("departed", "a", "departed", "b", "departed")]
    public async Task Ties_go_to_the_later_status_then_to_the_greater_event_id(string first, string firstId, string second, string secondId, string latest)
    {
        const string Template = """{"event_id":"ID","event_time":"2026-03-01T15:00:00Z","status":"STATUS","gate":"GID"}""";
        string Event(string id, string status) =>
            Template.Replace("ID", id, StringComparison.Ordinal).Replace("STATUS", status, StringComparison.Ordinal);
        var gate = latest == first && first != second ? $"G{firstId}" : $"G{secondId}";

        foreach (var events in new[] { new[] { Event(firstId, first), Event(secondId, second) }, [Event(secondId, second), Event(firstId, first)] })
        {
            var (_, differences) = await Legs(events).CompareAsync(Gold(Leg, ("status", latest), ("gate", gate)));
            Assert.Empty(differences);
        }
    }

    [Fact]
    public async Task What_differs_and_what_is_missing_is_said()
    {
        var legs = Legs("""{"event_id":"a","event_time":"2026-03-01T10:00:00Z","status":"scheduled"}""");

        var (equal, differences) = await legs.CompareAsync(Gold(Leg, ("status", "departed")));
        Assert.Equal(0, equal);
        Assert.Equal(["gold.fact_flight, leg AA100 2026-03-01 JFK: status is departed, the ledger makes it scheduled"], differences);

        (_, differences) = await legs.CompareAsync(Gold(Leg with { Airline = "DL" }));
        Assert.Equal(["1 legs of the ledger are not in gold.fact_flight"], differences);
    }

    private static ExpectedLegs Legs(params string[] events)
    {
        var legs = new ExpectedLegs();
        foreach (var text in events)
        {
            using var row = JsonDocument.Parse(
                text.Replace("{", """{"airline":"AA","flight_number":100,"flight_date":"2026-03-01","origin":"JFK",""", StringComparison.Ordinal));
            legs.Add(Entity.FlightEvent, row.RootElement);
        }

        return legs;
    }

    private static async IAsyncEnumerable<(LegKey Key, IReadOnlyList<string?> Values)> Gold(LegKey key, params (string Field, string Value)[] values)
    {
        await Task.Yield();
        yield return (key, [.. ExpectedLegs.Fields.Select(field => values.FirstOrDefault(value => value.Field == field).Value)]);
    }
}
