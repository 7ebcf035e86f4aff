using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;

namespace AirportOps.Cleaning.Tests;

/// <summary>Lines that were read wrongly once, each with its right outcome.</summary>
public sealed class FaultFileTests
{
    [Theory]
    [InlineData(1, "UA 9101", "designator,key_alias")]
    [InlineData(2, "UA 9101", "designator,key_alias")]
    [InlineData(3, "BA 1511", "designator,key_alias")]
    [InlineData(4, "missing_airline", null)]
    [InlineData(5, "missing_airline", null)]
    [InlineData(6, "missing_airline", null)]
    [InlineData(7, "EK 52 M", "code_alias,designator,key_alias")]
    [InlineData(8, "bad_flight_number", null)]
    [InlineData(9, "6E 2", "designator,key_alias")]
    [InlineData(10, "BA 117", "code_alias,key_alias")]
    [InlineData(11, "BA 117", "key_alias")]
    [InlineData(12, "QR 1", "derived_date,key_alias,local_time")]
    [InlineData(13, "bad_flight_date", null)]
    [InlineData(14, "AA 100", "code_alias,derived_date,key_alias,number_text,source_profile,status_alias")]
    [InlineData(15, "YX 4321", "code_alias,status_alias")]
    [InlineData(16, "X3 4321", "code_alias,status_alias")]
    [InlineData(17, "BA 117", "key_alias")]
    [InlineData(18, "BA 117", null)]
    [InlineData(19, "BA 117", "derived_type")]
    [InlineData(20, "VA 9001", "key_alias,local_time,source_profile")]
    public void A_gap_of_the_cleaner_is_closed(int line, string expected, string? repairs)
    {
        var outcome = CleaningRun.Outcome(Lines("cleaner_gaps.jsonl")[line - 1]);

        Assert.Equal(expected, Told(outcome));
        Assert.Equal(repairs, (string?)outcome["repairs"]);
    }

    [Fact]
    public void The_other_values_of_those_lines_are_right()
    {
        var lines = Lines("cleaner_gaps.jsonl");

        Assert.Equal("AA", (string?)Row(lines[2])["extras"]!["operator"]);
        Assert.Equal(("BER", "BER"), ((string?)Row(lines[9])["destination"], (string?)Row(lines[10])["destination"]));
        Assert.Equal(("2026-03-01T14:00:00Z", "2026-03-01"), ((string?)Row(lines[11])["scheduled_departure"], (string?)Row(lines[11])["flight_date"]));
        Assert.Equal("30", Row(lines[13])["delay_minutes"]!.ToJsonString());
        Assert.Equal("4711", (string?)Row(lines[16])["event_id"]);
        Assert.Equal(("12", "5", "738"), ((string?)Row(lines[17])["gate"], (string?)Row(lines[17])["terminal"], (string?)Row(lines[17])["aircraft_type"]));
        Assert.Equal("A320", (string?)Row(lines[18])["extras"]!["type"]);
        Assert.Equal("2026-02-28T21:00:00Z", (string?)Row(lines[19])["scheduled_departure"]);
    }

    [Fact]
    public void Sentinels_go_before_anything_is_derived_from_them()
    {
        Assert.Equal(("2026-03-01", null), Derived("derived_date_year0.jsonl", 0, "flight_date", "scheduled_departure"));
        Assert.Equal(("2026-03-01T14:00:00Z", null), Derived("gold_poison_9999_departure.jsonl", 0, "scheduled_departure", "actual_departure"));
        Assert.Equal(("departed", null), Derived("gold_poison_9999_turnaround.jsonl", 1, "status", "actual_departure"));
        Assert.Equal(("2026-03-01T14:00:00Z", null), Derived("zero_time_0001_scheduled_departure.jsonl", 0, "actual_departure", "scheduled_departure"));
        Assert.Equal(("arrived", null), Derived("zero_time_0001_turnaround.jsonl", 0, "status", "actual_departure"));
        Assert.Equal(("CP-1", null), Derived("lanes_open_sentinel.jsonl", 0, "checkpoint", "lanes_open"));

        static (string?, string?) Derived(string file, int line, string kept, string dropped)
        {
            var outcome = CleaningRun.Outcome(Lines(file)[line]);
            Assert.Contains("dropped_" + dropped, ((string?)outcome["repairs"])!.Split(','));
            return (outcome["row"]![kept]?.ToString(), outcome["row"]![dropped]?.ToString());
        }
    }

    [Fact]
    public void Throughput_needs_no_wait() => Assert.Equal(
        ["1832", "1832"],
        Lines("tsa.jsonl").Select(line => Row(line)["passengers_screened"]!.ToJsonString()));

    private static string Told(JsonObject outcome) => outcome["row"] is { } row
        ? string.Join(' ', new[] { row["airline"], row["flight_number"], row["flight_suffix"] }.OfType<JsonNode>().Select(value => value.ToString()))
        : (string)outcome["refused"]!;

    private static JsonNode Row(string line) => CleaningRun.Outcome(line)["row"]!;

    private static string[] Lines(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("faults/" + file)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
