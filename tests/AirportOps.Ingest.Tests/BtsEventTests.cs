namespace AirportOps.Ingest.Tests;

public sealed class BtsEventTests
{
    private const string Identity = "\"airline\":\"AA\",\"flight_number\":1,\"flight_date\":\"2015-01-01\",\"origin\":\"JFK\",\"destination\":\"LAX\"";

    [Fact]
    public void A_late_arrival_names_its_causes_and_the_greatest_first()
    {
        using var file = Flights.OpenBts("2015,1,1,4,AA,1,N787AA,JFK,LAX,0900,0920,20,17,0937,390,420,396,2475,1313,7,1230,1320,50,0,0,,12,0,19,19,0");

        var arrived = Flights.Events(file)[^1];

        Assert.Equal("AA 1 2015-01-01 JFK", arrived.Key);
        Assert.Equal(
            "{\"event_id\":\"bts-2015-01-01-AA-1-JFK-arrived\",\"event_type\":\"flight\",\"event_time\":\"2015-01-01T21:20:00Z\",\"source\":\"bts\","
            + $"\"airport\":\"LAX\",{Identity},\"tail_number\":\"N787AA\",\"status\":\"arrived\","
            + "\"scheduled_departure\":\"2015-01-01T14:00:00Z\",\"actual_departure\":\"2015-01-01T14:20:00Z\","
            + "\"scheduled_arrival\":\"2015-01-01T20:30:00Z\",\"actual_arrival\":\"2015-01-01T21:20:00Z\",\"delay_minutes\":20,"
            + "\"delay_cause\":\"carrier\",\"carrier_minutes\":19,\"weather_minutes\":0,\"nas_minutes\":12,\"security_minutes\":0,"
            + "\"late_aircraft_minutes\":19,\"wheels_off\":\"2015-01-01T14:37:00Z\",\"wheels_on\":\"2015-01-01T21:13:00Z\"}",
            arrived.Json);
    }

    [Fact]
    public void A_leg_that_came_back_to_the_gate_departed_and_then_was_cancelled()
    {
        using var file = Flights.OpenBts("2015,1,1,4,AA,1,,JFK,LAX,0900,0850,-10,,,390,,,2475,,,1230,,,0,1,A,,,,,");

        var events = Flights.Events(file).Select(e => e.Json).ToList();

        Assert.Equal(
            [
                Event("scheduled", "2014-12-31T14:00:00Z", ""),
                Event("departed", "2015-01-01T13:50:00Z", "\"actual_departure\":\"2015-01-01T13:50:00Z\",", ",\"delay_minutes\":-10"),
                Event(
                    "cancelled",
                    "2015-01-01T14:00:00Z",
                    "\"actual_departure\":\"2015-01-01T13:50:00Z\",",
                    ",\"delay_minutes\":-10,\"cancellation_cause\":\"carrier\""),
            ],
            events);

        static string Event(string status, string time, string departure, string rest = "") =>
            $"{{\"event_id\":\"bts-2015-01-01-AA-1-JFK-{status}\",\"event_type\":\"flight\",\"event_time\":\"{time}\",\"source\":\"bts\","
            + $"\"airport\":\"JFK\",{Identity},\"status\":\"{status}\",\"scheduled_departure\":\"2015-01-01T14:00:00Z\",{departure}"
            + $"\"scheduled_arrival\":\"2015-01-01T20:30:00Z\"{rest}}}";
    }

    [Theory]
    [InlineData("1500,", "diverted", "2015-01-01T23:00:00Z", true)]
    [InlineData(",", "diverted", "2015-01-01T14:20:00Z", false)]
    public void A_diverted_leg_is_so_after_its_departure_and_its_landing(string arrival, string status, string time, bool landed)
    {
        using var file = Flights.OpenBts($"2015,1,1,4,AA,1,,JFK,LAX,0900,0920,20,17,0912,390,,,2475,,,1230,{arrival},1,0,,,,,,");

        var last = Flights.Events(file)[^1].Json;

        Assert.Contains($"\"status\":\"{status}\"", last, StringComparison.Ordinal);
        Assert.Contains($"\"event_time\":\"{time}\"", last, StringComparison.Ordinal);
        Assert.Equal(landed, last.Contains($"\"actual_arrival\":\"{time}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UNKNOW")]
    [InlineData("0")]
    [InlineData("000000")]
    [InlineData("NA")]
    [InlineData("N1\u00e94")]
    [InlineData("N12345678901234")]
    public void What_is_no_registration_is_left_out(string tail)
    {
        using var file = Flights.OpenBts(Flights.BtsRow.Replace("N407AS", tail, StringComparison.Ordinal));

        Assert.All(Flights.Events(file), e => Assert.DoesNotContain("tail_number", e.Json, StringComparison.Ordinal));
        Assert.Equal(1, file.Counts.Legs);
    }

    [Fact]
    public void A_delay_longer_than_an_event_can_say_is_in_its_times_only()
    {
        using var file = Flights.OpenBts("2015,1,1,4,AA,1,,JFK,LAX,0900,0901,2881,11,0912,390,390,372,2475,1224,7,1230,1231,2881,0,0,,0,0,2881,0,0");

        var arrived = Flights.Events(file)[^1].Json;

        Assert.EndsWith(
            "\"actual_departure\":\"2015-01-03T14:01:00Z\",\"scheduled_arrival\":\"2015-01-01T20:30:00Z\",\"actual_arrival\":\"2015-01-03T20:31:00Z\","
            + "\"delay_cause\":\"carrier\",\"weather_minutes\":0,\"nas_minutes\":0,\"security_minutes\":0,\"late_aircraft_minutes\":0,"
            + "\"wheels_off\":\"2015-01-03T14:12:00Z\",\"wheels_on\":\"2015-01-03T20:24:00Z\"}",
            arrived,
            StringComparison.Ordinal);
    }
}
