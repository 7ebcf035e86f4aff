namespace AirportOps.Cleaning.Tests;

/// <summary>Which of several faults an event is refused for, and what an event is told by.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void The_field_that_stands_first_counts_whatever_is_wrong_with_it()
    {
        var faults = new List<(string Key, string? Json)>
        {
            ("status", "\"?\""), ("destination", "\"ZZZZ\""), ("origin", "7"), ("flight_date", "\"soon\""), ("flight_number", "0"), ("airline", null),
            ("airport", "\"ZZZZ\""), ("event_time", "\"soon\""), ("event_id", "true"), ("event_type", "\"weather\""),
        };
        string[] expected =
        [
            "missing_status", "unknown_airport destination", "bad_origin", "bad_flight_date", "bad_flight_number", "missing_airline",
            "unknown_airport airport", "bad_event_time", "bad_event_id", "unknown_type",
        ];

        var actual = Enumerable.Range(1, faults.Count).Select(count =>
        {
            var outcome = CleaningRun.Outcome(Events.Flight([.. faults.Take(count)]));
            return (string?)outcome["refused"] == "unknown_airport" ? $"unknown_airport {outcome["field"]}" : (string?)outcome["refused"];
        });

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Faulty_fields_count_before_a_time_out_of_range_and_that_before_an_early_arrival()
    {
        (string, string?)[] early = [("actual_departure", "\"2026-03-01T14:00:00Z\""), ("actual_arrival", "\"2026-03-01T13:59:59Z\"")];
        (string, string?)[] late = [.. early, ("event_time", "\"2030-01-01T00:00:00Z\"")];

        Assert.Equal(
            ["arrival_before_departure", "time_out_of_range", "bad_status"],
            new[] { early, late, [.. late, ("status", "\"odd\"")] }.Select(faults => (string?)CleaningRun.Outcome(Events.Flight(faults))["refused"]));
    }

    [Theory]
    [InlineData("event_time", "missing_event_time")]
    [InlineData("airport", "missing_airport")]
    [InlineData("checkpoint", "missing_checkpoint")]
    [InlineData("wait_minutes", "missing_wait_minutes")]
    public void A_required_field_must_be_there(string field, string reason)
    {
        var outcome = CleaningRun.Outcome(Events.Security((field, null)));

        Assert.Equal((reason, field), ((string?)outcome["refused"], (string?)outcome["field"]));
    }

    [Fact]
    public void A_flight_without_origin_misses_the_origin_and_not_the_airport() =>
        Assert.Equal("missing_origin", (string?)CleaningRun.Outcome(Events.Flight(("origin", null)))["refused"]);

    [Theory]
    [InlineData("\"event_id\":\"x\",\"bag_tag\":\"1234567890\",\"checkpoint\":\"C\",\"service\":\"fueling\"", "baggage_event")]
    [InlineData("\"event_id\":\"x\",\"tag\":\"N/A\",\"checkpoint\":\"C\",\"wait\":1,\"service\":\"fueling\"", "security_event")]
    [InlineData("\"event_id\":\"x\",\"event_type\":\" none\",\"task\":\"fueling\",\"stage\":\"end\"", "ground_event")]
    [InlineData("\"event_id\":\"x\",\"state\":\"late\",\"from\":\"NAN\",\"to\":\"LHR\",\"flight\":\"AA1\"", "flight_event")]
    [InlineData("\"event_id\":\"x\",\"state\":\"late\",\"from\":\"NA\",\"to\":\"LHR\",\"flight\":\"AA1\"", null)]
    public void A_type_is_told_by(string members, string? entity)
    {
        var outcome = CleaningRun.Outcome($"{{\"event_time\":\"2026-03-01T14:05:00Z\",\"airport\":\"JFK\",\"scan\":\"claim\",{members}}}");

        Assert.Equal(entity, (string?)outcome["row"]?["entity"]);
        Assert.Equal(entity is null ? "unknown_type" : null, (string?)outcome["refused"]);
    }

    [Theory]
    [InlineData("\" FLIGHT \"", "trimmed")]
    [InlineData("\"flight\"", null)]
    public void An_event_type_is_read(string json, string? repairs) =>
        Assert.Equal(repairs, (string?)CleaningRun.Outcome(Events.Flight(("event_type", json)))["repairs"]);

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "bad_event_id")]
    public void An_event_id_has_up_to_64_bytes(int length, string? refused) => Assert.Equal(
        refused,
        (string?)CleaningRun.Outcome(Events.Flight(("event_id", $"\" {new string('x', length - 2)}é\"")))["refused"]);

    [Fact]
    public void An_event_id_that_stands_for_null_is_derived()
    {
        var outcome = CleaningRun.Outcome(Events.Flight(("event_id", "\"\"")));

        Assert.Equal("derived_event_id,null_token", (string?)outcome["repairs"]);
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Events.Flight(("event_id", "\"\"")))))[..32],
            (string?)outcome["row"]!["event_id"]);
    }
}
