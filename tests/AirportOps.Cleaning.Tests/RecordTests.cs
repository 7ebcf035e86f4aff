using System.Text;

namespace AirportOps.Cleaning.Tests;

/// <summary>Records that are more, or less, than one plain object.</summary>
public sealed class RecordTests
{
    private static readonly string Flight = Events.Flight();
    private static readonly string Baggage = Events.Baggage();

    [Theory]
    [InlineData("", "not_json")]
    [InlineData(" \r\n\t", "not_json")]
    [InlineData("hello", "not_json")]
    [InlineData("{'a':1}", "not_json")]
    [InlineData("{\"a\":NaN}", "not_json")]
    [InlineData("{\"a\":01}", "not_json")]
    [InlineData("{\"a\":1,,}", "not_json")]
    [InlineData("{,}", "not_json")]
    [InlineData("{\"a\":\"line\nbreak\"}", "not_json")]
    [InlineData("{\"a\":1} // note", "not_json", "unknown_type")]
    [InlineData("\uFEFF", "not_json")]
    [InlineData("{", "truncated")]
    [InlineData("{\"a\":tru", "truncated")]
    [InlineData("[{\"a\":1}", "truncated")]
    [InlineData("[{\"a\":1},", "truncated")]
    [InlineData("\"half", "truncated")]
    [InlineData("-", "truncated")]
    [InlineData("42", "not_an_event")]
    [InlineData("null", "not_an_event")]
    [InlineData("1 2 3", "not_an_event")]
    [InlineData("1 2 hello", "not_json")]
    [InlineData("[1] {\"a\"", "truncated")]
    [InlineData("[]", "not_an_event")]
    [InlineData("[[{}]]", "not_an_event")]
    [InlineData("[\"{}\"]", "not_an_event")]
    [InlineData("\"hello\"", "not_an_event")]
    [InlineData("\"{\\\"event_id\\\": \\\"f1\"", "not_an_event")]
    [InlineData("{}", "unknown_type")]
    [InlineData("\"{}\"", "unknown_type")]
    public void A_record_without_an_event_is_refused_as(string record, params string[] reasons) => Assert.Equal(
        reasons.Order(StringComparer.Ordinal),
        CleaningRun.Outcomes(record).Select(outcome => (string?)outcome["refused"]).Order(StringComparer.Ordinal));

    [Fact]
    public void White_space_around_an_event_is_no_repair() => Assert.Null(CleaningRun.Outcome($"\r\n {Flight}\t\n")["repairs"]);

    [Theory]
    [InlineData("{0},")]
    [InlineData("\uFEFF {0}")]
    [InlineData("[{0},]")]
    [InlineData("\uFEFF[\n{0}\n]\n")]
    public void An_event_is_unwrapped_from(string format) =>
        Assert.Equal("unwrapped", (string?)CleaningRun.Outcome(format.Replace("{0}", Flight, StringComparison.Ordinal))["repairs"]);

    [Fact]
    public void Strings_in_strings_and_what_they_hold_are_unwrapped()
    {
        var record = $"[{Flight},{Baggage}]";
        for (var i = 0; i < 3; i++)
        {
            record = System.Text.Json.JsonSerializer.Serialize(record);
        }

        Assert.Equal(["flight_event unwrapped", "baggage_event unwrapped"], Described(CleaningRun.Outcomes(record)));
    }

    [Fact]
    public void A_comma_between_events_is_no_obstacle_and_each_keeps_its_own_repairs() => Assert.Equal(
        ["flight_event unwrapped", "baggage_event null_token,unwrapped"],
        Described(CleaningRun.Outcomes($"{Flight},{Events.Baggage(("airline", "\"-\""))}")));

    [Fact]
    public void What_follows_an_event_and_is_no_json_is_a_refused_event_of_its_own()
    {
        var run = new CleaningRun();
        run.Clean(Encoding.UTF8.GetBytes($"{Flight} {Baggage[..20]}"));

        var refusal = Assert.Single(run.Batch.Refusals);
        Assert.Equal((1, 2, "truncated", Baggage[..20]), (run.Batch.Rows, run.Batch.Events, refusal.Reason, Encoding.UTF8.GetString(refusal.Raw.Span)));
    }

    [Fact]
    public void A_broken_array_is_refused_as_a_whole()
    {
        var run = new CleaningRun();
        run.Clean(Encoding.UTF8.GetBytes($"[{Flight} {Baggage}]"));

        var refusal = Assert.Single(run.Batch.Refusals);
        Assert.Equal((0, "not_json", $"[{Flight} {Baggage}]"), (run.Batch.Rows, refusal.Reason, Encoding.UTF8.GetString(refusal.Raw.Span)));
    }

    [Fact]
    public void A_refusal_keeps_the_record_or_the_element_at_fault_and_tells_where_it_came_from()
    {
        var bad = Events.Baggage(("event_id", "\" b2\""), ("bag_tag", "\"7\""));
        var run = new CleaningRun();
        run.Clean(Encoding.UTF8.GetBytes($" {bad} "));
        run.Clean(Encoding.UTF8.GetBytes($"[{Flight}, {bad}]"));

        Assert.Equal(
            [
                ("bad_bag_tag", "bag_tag", "found \"7\"; expected ten digits", "b2", "shard-0", "1", CleaningRun.Arrival, $" {bad} "),
                ("bad_bag_tag", "bag_tag", "found \"7\"; expected ten digits", "b2", "shard-0", "2", CleaningRun.Arrival, bad),
            ],
            run.Batch.Refusals.Select(refusal => (refusal.Reason, refusal.Field, refusal.Detail, refusal.EventId, refusal.Shard, refusal.Sequence,
                refusal.ArrivedMicros, Encoding.UTF8.GetString(refusal.Raw.Span))));
    }

    [Fact]
    public void A_record_of_a_mebibyte_is_taken_and_one_byte_more_is_too_large()
    {
        var padded = Encoding.UTF8.GetBytes(Flight.PadRight(1 << 20));
        var run = new CleaningRun();
        run.Clean(padded);
        run.Clean([.. padded, (byte)' ']);

        Assert.Equal((1, "too_large"), (run.Batch.Rows, Assert.Single(run.Batch.Refusals).Reason));
    }

    [Theory]
    [InlineData("6F 80 81 6B", "o��k")]
    [InlineData("F0 9F 98 6B", "�k")] // the first three of four bytes are one part
    [InlineData("F0 80 80", "���")] // an overlong form is no part: each byte is one
    [InlineData("ED A0 80", "���")] // a surrogate in UTF-8, the same
    [InlineData("C3", "�")]
    [InlineData("5C 75 64 38 30 30 5C 75 64 38 30 30", "��")] // \ud800\ud800
    [InlineData("5C 75 44 38 33 44 5C 75 44 45 30 30", "😀", null)] // \uD83D\uDE00
    [InlineData("5C 75 64 65 30 30 78", "�x")] // \ude00x
    public void Ill_formed_characters_become_replacement_characters(string hex, string expected, string? repairs = "bad_utf8")
    {
        var parts = Events.Flight(("source", "\"*\"")).Split('*');
        byte[] record = [.. Encoding.UTF8.GetBytes(parts[0]), .. Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), .. Encoding.UTF8.GetBytes(parts[1])];

        var outcome = Assert.Single(CleaningRun.Outcomes(record));

        Assert.Equal((expected, repairs), ((string?)outcome["row"]!["source"], (string?)outcome["repairs"]));
    }

    [Fact]
    public void Ill_formed_characters_in_what_is_dropped_are_no_repair()
    {
        var record = Encoding.Latin1.GetBytes(Events.Flight(("gate", $"\"{new string('é', 70)}\"")));

        Assert.Equal("dropped_gate", (string?)Assert.Single(CleaningRun.Outcomes(record))["repairs"]);
    }

    [Fact]
    public void Extras_are_well_formed_json_whatever_came()
    {
        byte[] record = [.. Encoding.Latin1.GetBytes(Events.Flight(("né", "[1,{\"a\":\"\\ud800\\ud83d\\ude00é\",},]")))];

        var outcome = Assert.Single(CleaningRun.Outcomes(record));

        Assert.Equal("bad_utf8,unwrapped", (string?)outcome["repairs"]);
        Assert.Equal("{\"n�\":[1,{\"a\":\"\\ufffd\\ud83d\\ude00�\"}]}", CleaningRun.Extras(record));
    }

    [Theory]
    [InlineData("{\"a\":", "}")]
    [InlineData("[", "]")]
    public void Depth_is_no_obstacle(string open, string close)
    {
        const int depth = 100_000;
        var nested = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
        var run = new CleaningRun();
        run.Clean(Encoding.UTF8.GetBytes(Events.Flight(("deep", nested))));
        run.Clean(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, depth))));

        Assert.Equal((1, "truncated"), (run.Batch.Rows, Assert.Single(run.Batch.Refusals).Reason));
    }

    private static IEnumerable<string> Described(IEnumerable<System.Text.Json.Nodes.JsonObject> outcomes) =>
        outcomes.Select(outcome => $"{outcome["row"]!["entity"]} {outcome["repairs"]}");
}
