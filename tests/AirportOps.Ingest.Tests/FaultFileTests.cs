using System.Text.Json;

namespace AirportOps.Ingest.Tests;

/// <summary>Files that were read wrongly once: each leg's last event with all that it must tell.</summary>
public sealed class FaultFileTests
{
    [Fact]
    public void Data_Expo_keeps_its_causes_and_the_schedules_of_what_was_cancelled() => Assert.Equal(
        [
            "WN 9001 arrived 2007-05-09T14:40:00Z 2007-05-09T15:10:00Z 2007-05-09T16:00:00Z 2007-05-09T16:40:00Z 30 0 10 0 0 2007-05-09T15:25:00Z "
            + "2007-05-09T16:35:00Z N901XX",
            "WN 9002 cancelled 2007-05-09T13:15:00Z - 2007-05-09T14:35:00Z - - - - - - - - -",
        ],
        LastEvents("dataexpo2009.csv"));

    [Theory]
    [InlineData("prezip.csv")]
    [InlineData("transtats.csv")]
    public void The_present_downloads_are_read(string name) => Assert.Equal(
        [
            "AA 1 arrived 2025-01-03T12:00:00Z 2025-01-03T12:15:00Z 2025-01-03T18:20:00Z 2025-01-03T18:18:00Z - - - - - 2025-01-03T12:35:00Z "
            + "2025-01-03T18:10:00Z N101NN",
        ],
        LastEvents(name));

    [Fact]
    public void Zeros_and_half_of_UNKNOWN_are_no_registration() =>
        Assert.All(LastEvents("tail0.csv"), leg => Assert.EndsWith(" -", leg, StringComparison.Ordinal));

    private static List<string> LastEvents(string name)
    {
        string[] fields =
        [
            "airline", "flight_number", "status", "scheduled_departure", "actual_departure", "scheduled_arrival", "actual_arrival", "carrier_minutes",
            "weather_minutes", "nas_minutes", "security_minutes", "late_aircraft_minutes", "wheels_off", "wheels_on", "tail_number",
        ];
        using var file = Flights.Open(Flights.Resource(name));
        var legs = Flights.Events(file).GroupBy(one => one.Key).Select(leg => JsonDocument.Parse(leg.Last().Json).RootElement).ToList();
        Assert.Equal(0, file.Counts.Refused);
        return [.. legs.Select(leg => string.Join(' ', fields.Select(field => leg.TryGetProperty(field, out var value) ? value.ToString() : "-")))];
    }
}
