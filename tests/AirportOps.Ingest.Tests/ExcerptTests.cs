using System.Text.Json;

namespace AirportOps.Ingest.Tests;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("nycflights13", "nycflights13")]
    [InlineData("hflights", "hflights")]
    [InlineData("lexflights", "lexflights")]
    public void Every_row_becomes_the_events_that_another_implementation_computed(string name, string family)
    {
        using var file = Flights.Open(Flights.Resource($"{name}.csv"));

        var events = Flights.Events(file);

        Assert.Equal(family, file.Family);
        Assert.Equal(Flights.Resource($"{name}.expected.txt"), Describe(events));
    }

    [Fact]
    public void A_year_in_New_York_keeps_a_departure_s_delay_and_registration()
    {
        using var file = Flights.Open(Flights.Resource("nycflights13.csv"));

        var arrival = Flights.Events(file).Single(e => e.Json.Contains("HA-51-JFK-arrived", StringComparison.Ordinal)
            && e.Json.Contains("2013-01-09", StringComparison.Ordinal));

        Assert.Equal(
            """
            {"event_id":"nycflights13-2013-01-09-HA-51-JFK-arrived","event_type":"flight","event_time":"2013-01-10T22:42:00Z",
            "source":"nycflights13","airport":"HNL","airline":"HA","flight_number":51,"flight_date":"2013-01-09","origin":"JFK","destination":"HNL",
            "tail_number":"N384HA","status":"arrived","scheduled_departure":"2013-01-09T14:00:00Z","actual_departure":"2013-01-10T11:41:00Z",
            "scheduled_arrival":"2013-01-10T01:30:00Z","actual_arrival":"2013-01-10T22:42:00Z","delay_minutes":1301}
            """.ReplaceLineEndings(""),
            arrival.Json);
    }

    private static string Describe(List<(string Key, string Json)> events)
    {
        var lines = new List<string>();
        foreach (var leg in events.GroupBy(e => e.Key))
        {
            lines.Add(leg.Key);
            lines.AddRange(leg.Select(e => "  " + Describe(e.Json)));
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Describe(string json)
    {
        var fields = JsonDocument.Parse(json).RootElement;
        string[] names = ["event_time", "status", "scheduled_departure", "actual_departure", "scheduled_arrival", "actual_arrival", "cancellation_cause"];
        return string.Join(' ', names.Select(name => fields.TryGetProperty(name, out var value)
            ? value.GetString()!.Replace(":00Z", "Z", StringComparison.Ordinal)
            : "-"));
    }
}
