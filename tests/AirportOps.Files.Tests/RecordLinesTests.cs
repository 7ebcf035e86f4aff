using System.Text;
using System.Text.Json;

namespace AirportOps.Files.Tests;

/// <summary>What is not lines of JSON is told from lines that are broken.</summary>
public sealed class RecordLinesTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5000)]
    public void JSON_spread_over_lines_is_said_in_one_line(int events)
    {
        var items = Enumerable.Range(0, events).Select(i => new { event_id = $"e{i}", event_type = "security", tags = new[] { 1, 2 } }).ToArray();
        var objects = string.Join('\n', items.Select(item => JsonSerializer.Serialize(item, Indented)));
        string[] arrays =
        [
            JsonSerializer.Serialize(items, Indented),
            $"[\n{string.Join(",\n", items.Select(item => JsonSerializer.Serialize(item)))}\n]\n",
            $"[{JsonSerializer.Serialize(items[0])},\n{string.Join(",\n", items.Select(item => JsonSerializer.Serialize(item)))}]",
        ];

        Assert.Equal(
            "in.json holds JSON spread over lines; a record is one line. Put each on a line of its own: jq -c . FILE > lines.jsonl.", Failure(objects));
        Assert.Equal(Failure(objects), Failure("\uFEFF\r\n" + objects.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.All(arrays, array => Assert.Equal(
            "in.json holds an array spread over lines; a record is one line. Put each on a line of its own: jq -c '.[]' FILE > lines.jsonl.", Failure(array)));
    }

    [Theory]
    [InlineData("Year,Month,DayofMonth\n2015,1,1\n", "Year,Month,DayofMonth")]
    [InlineData("\"FL_DATE\",\"OP_UNIQUE_CARRIER\",\"ORIGIN\",\n2015-01-01,\"AA\",\"JFK\",\n", "\"FL_DATE\",\"OP_UNIQUE_CARRIER\",\"ORIGIN\",")]
    [InlineData("a;b;c\r\n1;2;3\r\n", "a;b;c")]
    [InlineData("a\tb\tc\n1\t2\t{\"x\"}", "a\tb\tc")]
    public void CSV_is_said_with_its_columns(string content, string columns) => Assert.StartsWith(
        $"in.json is CSV (columns {columns}), not lines of JSON. ", Failure(content), StringComparison.Ordinal);

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html><body>503</body></html>")]
    [InlineData("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>")]
    public void A_page_saved_in_its_place_is_said(string content) =>
        Assert.StartsWith("in.json is HTML or XML, not lines of JSON; ", Failure(content), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\":1}\r\n{\"b\":2}\r\n")]
    [InlineData("{\"a\":1\n{\"b\":2}\n")]
    [InlineData("{\"a\":\n{\"b\":2}\n{\"c\":3}\n")]
    [InlineData("{\"a\":\n{\"b\":2}\n")]
    [InlineData("{\"a\":[\n{\"b\":2}\n{\"c\":3}\n")]
    [InlineData("{\"a\":1,\n{\"b\":2}\n")]
    [InlineData("{\"a\":\"x\n{\"b\":2}\n")]
    [InlineData("[\n{\"b\":2}\n{\"c\":3}\n")]
    [InlineData("{\n")]
    [InlineData("[{\"a\":1},\n")]
    [InlineData("[{\"a\":1},{\"b\":2}]\n[{\"c\":3}]\n")]
    [InlineData("{\"a\":1} {\"b\":2}\n{\"c\":3}")]
    [InlineData("a,b,c\n{\"a\":1,\"b\":2,\"c\":3}\n")]
    [InlineData("Error, please, retry\n")]
    [InlineData("<?xml version=\"1.0\"?>\n{\"a\":1}\n")]
    [InlineData("1,2,3\n4,5,6\n")]
    [InlineData("\"{\\\"a\\\":1}\"\n\"{\\\"b\\\":2}\"\n")]
    public void Records_broken_in_any_way_are_records(string content)
    {
        Assert.Equal(content, Samples.ReadLines(Encoding.UTF8.GetBytes(content), "in.json"));
        Assert.Equal(content, Samples.ReadLines(Encoding.UTF8.GetBytes(content), "in.json", isSeekable: false));
    }

    [Fact]
    public void Lone_carriage_returns_end_lines_where_no_line_feed_does()
    {
        Assert.Equal("{\"a\":1}\n{\"b\":2}\n", Samples.ReadLines("{\"a\":1}\r{\"b\":2}\r"u8.ToArray()));
        Assert.Equal("{\"a\":1}\n\n{\"b\":2}", Samples.ReadLines("{\"a\":1}\r\r{\"b\":2}"u8.ToArray()));
        Assert.Equal("{\"a\":\r1}", Samples.ReadLines("{\"a\":\r1}"u8.ToArray()));
        Assert.Equal("{\"a\":1}\r{\"b\":2}\n", Samples.ReadLines("{\"a\":1}\r{\"b\":2}\n"u8.ToArray()));
    }

    private static string Failure(string content) =>
        Assert.Throws<InputFormatException>(() => Samples.ReadLines(Encoding.UTF8.GetBytes(content), "in.json")).Message;
}
