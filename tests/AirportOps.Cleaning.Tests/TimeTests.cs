namespace AirportOps.Cleaning.Tests;

public sealed class TimeTests
{
    [Theory]
    [InlineData("\"2026-03-01T14:05:00.5Z\"", "2026-03-01T14:05:00.500000Z", null)]
    [InlineData("\"2026-03-01T14:05:00.999999999Z\"", "2026-03-01T14:05:00.999999Z", null)]
    [InlineData("\" 2026-03-01T14:05:00Z\"", "2026-03-01T14:05:00Z", "trimmed")]
    [InlineData("\"2026-03-01t14:05:00z\"", "2026-03-01T14:05:00Z", "time_format")]
    [InlineData("\"2026-03-01T14:05Z\"", "2026-03-01T14:05:00Z", "time_format")]
    [InlineData("\"2026-03-01T14:05:00-0530\"", "2026-03-01T19:35:00Z", "time_format")]
    [InlineData("\"2026-03-01T14:05:00+00:00\"", "2026-03-01T14:05:00Z", "time_format")]
    [InlineData("\"2026-03-01 14:05:00.25+14:00\"", "2026-03-01T00:05:00.250000Z", "time_format")]
    [InlineData("\"2026-03-01T14:05:00+14:01\"", null, "dropped_estimated_departure")]
    [InlineData("\"20260301T140500+0100\"", "2026-03-01T13:05:00Z", "time_format")]
    [InlineData("1772373900000.5", "2026-03-01T14:05:00.000500Z", "time_format")]
    [InlineData("1772373900.1234567", "2026-03-01T14:05:00.123456Z", "time_format")]
    [InlineData("1772373900000000.9", "2026-03-01T14:05:00Z", "time_format")]
    [InlineData("\" 1772373900 \"", "2026-03-01T14:05:00Z", "time_format,trimmed")]
    [InlineData("177237390", null, "dropped_estimated_departure")]
    [InlineData("17723739000", null, "dropped_estimated_departure")]
    [InlineData("-1772373900", null, "dropped_estimated_departure")]
    [InlineData("1.7723739e9", null, "dropped_estimated_departure")]
    [InlineData("\"1772373900.\"", null, "dropped_estimated_departure")]
    [InlineData("\"Sun, 1 Mar 2026 14:05:00 +0100\"", "2026-03-01T13:05:00Z", "time_format")]
    [InlineData("\"Mon, 01 Mar 2026 14:05:00 GMT\"", null, "dropped_estimated_departure")]
    [InlineData("\"03/01/2026 12:05 AM\"", "2026-03-01T05:05:00Z", "local_time")]
    [InlineData("\"03/01/2026 12:05 pm\"", "2026-03-01T17:05:00Z", "local_time")]
    [InlineData("\"3/1/2026 2:05:30PM\"", "2026-03-01T19:05:30Z", "local_time")]
    [InlineData("\"03/01/2026 13:05 PM\"", null, "dropped_estimated_departure")]
    [InlineData("\"03/01/2026 0:05 AM\"", null, "dropped_estimated_departure")]
    [InlineData("\"03/01/2026 14:05\"", "2026-03-01T19:05:00Z", "local_time")]
    [InlineData("\"1-mar-2026 9:05\"", "2026-03-01T14:05:00Z", "local_time")]
    [InlineData("\"01-MAI-2026 09:05\"", null, "dropped_estimated_departure")]
    [InlineData("\"2026-03-01T09:05:00.5\"", "2026-03-01T14:05:00.500000Z", "local_time")]
    [InlineData("\"2026-03-01T24:00:00Z\"", null, "dropped_estimated_departure")]
    [InlineData("\"2016-12-31T23:59:60Z\"", null, "dropped_estimated_departure")]
    [InlineData("\"2026-02-28T00:00:00Z\"", "2026-02-28T00:00:00Z", null)]
    [InlineData("\"2026-02-29T00:00:00Z\"", null, "dropped_estimated_departure")]
    [InlineData("\"0000-01-01T00:00:00Z\"", null, "dropped_estimated_departure")]
    [InlineData("\"0001-01-01T00:00:00+00:01\"", null, "dropped_estimated_departure")]
    [InlineData("\"9999-12-31T23:59:59Z\"", null, "dropped_estimated_departure")]
    [InlineData("\"9999-12-31T19:00\"", null, "dropped_estimated_departure")]
    [InlineData("\"2026-03-01\"", null, "dropped_estimated_departure")]
    [InlineData("true", null, "dropped_estimated_departure")]
    [InlineData("\"2027-04-05T14:05:00Z\"", "2027-04-05T14:05:00Z", null)]
    [InlineData("\"2027-04-05T14:05:00.000001Z\"", null, "dropped_estimated_departure")]
    [InlineData("\"2025-01-25T14:05:00Z\"", "2025-01-25T14:05:00Z", null)]
    [InlineData("\"2025-01-25T14:04:59Z\"", null, "dropped_estimated_departure")]
    [InlineData("\"0001-01-01T00:00:00Z\"", null, "dropped_estimated_departure")]
    [InlineData("\"2026-03-01 14:05:00 UTC\"", "2026-03-01T14:05:00Z", "time_format")]
    [InlineData("\"2026-03-01 23:05 +09:00\"", "2026-03-01T14:05:00Z", "time_format")]
    [InlineData("\"2026-03-01T14:05:00,25Z\"", "2026-03-01T14:05:00.250000Z", "time_format")]
    [InlineData("\"2026-03-01 09:05:00,25\"", "2026-03-01T14:05:00.250000Z", "local_time")]
    [InlineData("\"1772373900,25\"", "2026-03-01T14:05:00.250000Z", "time_format")]
    [InlineData("1772373900250000999", "2026-03-01T14:05:00.250000Z", "time_format")]
    [InlineData("\"1772373900250000000\"", "2026-03-01T14:05:00.250000Z", "time_format")]
    public void A_time_at_New_York_becomes(string json, string? expected, string? repairs)
    {
        var outcome = CleaningRun.Outcome(Events.Flight(("estimated_departure", json)));

        Assert.Equal((expected, repairs), ((string?)outcome["row"]!["estimated_departure"], (string?)outcome["repairs"]));
    }

    [Fact]
    public void A_local_time_is_read_at_its_airport_wherever_the_keys_stand()
    {
        const string record = """
            {"actual_arrival":"2026-03-02 02:05","actual_departure":"2026-03-01 09:05","event_time":"2026-03-01 15:05",
             "event_id":"f1","event_type":"flight","airport":"FRA","airline":"AA","flight_number":100,"status":"active",
             "origin":"JFK","destination":"LHR","flight_date":"2026-03-01"}
            """;

        var row = CleaningRun.Outcome(record)["row"]!;

        Assert.Equal(
            ("2026-03-01T14:05:00Z", "2026-03-01T14:05:00Z", "2026-03-02T02:05:00Z", "departed"),
            ((string?)row["event_time"], (string?)row["actual_departure"], (string?)row["actual_arrival"], (string?)row["status"]));
    }

    [Theory]
    [InlineData("\"ZZZZ\"")]
    [InlineData(null)]
    public void A_local_event_time_without_a_known_airport_is_unreadable(string? airport) =>
        Assert.Equal("bad_event_time", (string?)CleaningRun.Outcome(
            Events.Security(("airport", airport), ("event_time", "\"2026-03-01 09:05\"")))["refused"]);

    [Fact]
    public void A_local_time_at_an_airport_without_a_zone_is_unreadable()
    {
        var airport = Reference.ReferenceTables.Default.Airports.First(row => row.TimeZone is null).Iata;

        Assert.Equal(
            "bad_event_time",
            (string?)CleaningRun.Outcome(Events.Security(("airport", $"\"{airport}\""), ("event_time", "\"2026-03-01 09:05\"")))["refused"]);
        Assert.Null(CleaningRun.Outcome(Events.Security(("airport", $"\"{airport}\"")))["refused"]);
        Assert.Equal(
            "missing_flight_date",
            (string?)CleaningRun.Outcome(Events.Flight(("origin", $"\"{airport}\""), ("flight_date", null)))["refused"]);
    }

    [Theory]
    [InlineData("\"2000-01-01T00:00:00Z\"", null)]
    [InlineData("\"1999-12-31T23:59:59.999999Z\"", "time_out_of_range")]
    [InlineData("\"2026-03-21T00:00:00Z\"", null)]
    [InlineData("\"2026-03-21T00:00:00.000001Z\"", "time_out_of_range")]
    public void An_event_happens_between_2000_and_a_day_after_arrival(string time, string? refused) =>
        Assert.Equal(refused, (string?)CleaningRun.Outcome(Events.Security(("event_time", time)))["refused"]);

    [Fact]
    public void A_missing_flight_date_comes_from_event_time_when_the_departure_is_unreadable()
    {
        var outcome = CleaningRun.Outcome(Events.Flight(
            ("flight_date", "\"-\""), ("scheduled_departure", "\"soon\""), ("event_time", "\"2026-03-02T03:00:00Z\"")));

        Assert.Equal("2026-03-01", (string?)outcome["row"]!["flight_date"]);
        Assert.Equal("derived_date,dropped_scheduled_departure,null_token", (string?)outcome["repairs"]);
    }
}
