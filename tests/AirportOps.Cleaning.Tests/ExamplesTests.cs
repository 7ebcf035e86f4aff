using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;

namespace AirportOps.Cleaning.Tests;

/// <summary>The worked examples of the published rules, whole rows and refusals compared.</summary>
public sealed class ExamplesTests
{
    private static readonly Dictionary<string, JsonObject> Examples = Load();

    public static TheoryData<string> Names => [.. Examples.Keys];

    [Fact]
    public void All_examples_are_there() => Assert.Equal(94, Examples.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_worked_example_comes_out_as_written(string name)
    {
        var example = Examples[name];
        var run = new CleaningRun();
        var actual = new List<JsonObject>();
        foreach (var record in example["records"]!.AsArray())
        {
            actual.AddRange(run.Next(Bytes(record!)));
        }

        // Which event a duplicate is of is no part of the outcome; refusals come after the rows of their record.
        var expected = example["outcomes"]!.AsArray().Select(Simplified).ToList();
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Select(Canonical).Order(StringComparer.Ordinal));
    }

    /// <summary>What goes to the stream under a flight's key becomes a row of that flight.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_flight_of_a_worked_example_is_the_partition_key(string name)
    {
        var keys = new PartitionKeyReader(CleaningRun.Codes, new CleanerOptions());
        foreach (var record in Examples[name]["records"]!.AsArray())
        {
            var bytes = Bytes(record!);
            var flights = CleaningRun.Outcomes(bytes).Select(outcome => outcome["row"]).Where(row => row?["origin"] is not null)
                .Select(row => $"{row!["airline"]} {row["flight_number"]} {row["flight_date"]} {row["origin"]}").ToList();
            var key = keys.Read(bytes, CleaningRun.Arrival, out var source);
            Assert.Equal(flights.Count > 0, source == PartitionKeySource.Flight && flights.Contains(key));
        }
    }

    private static byte[] Bytes(JsonNode record) =>
        record["raw_b64"] is { } encoded ? Convert.FromBase64String((string)encoded!) : Encoding.UTF8.GetBytes((string)record["raw"]!);

    private static string Simplified(JsonNode? outcome) =>
        outcome!["duplicate"] is not null ? Canonical(new JsonObject { ["duplicate"] = true }) : Canonical(outcome.AsObject());

    /// <summary>JSON with sorted keys and numbers as doubles, so that equal content is equal text.</summary>
    private static string Canonical(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject fields => "{" + string.Join(",", fields.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"\"{field.Key}\":{Canonical(field.Value)}")) + "}",
        JsonArray items => "[" + string.Join(",", items.Select(Canonical)) + "]",
        _ => node.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture).ToString("R", System.Globalization.CultureInfo.InvariantCulture)
            : node.ToJsonString(),
    };

    private static Dictionary<string, JsonObject> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("examples.jsonl")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!.AsObject())
            .Where(example => example.ContainsKey("name"))
            .ToDictionary(example => (string)example["name"]!, StringComparer.Ordinal);
    }
}
