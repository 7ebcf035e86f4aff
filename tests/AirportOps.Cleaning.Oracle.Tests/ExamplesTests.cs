using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using AirportOps.Reference;
using NodaTime;
using NodaTime.Text;

namespace AirportOps.Cleaning.Oracle.Tests;

/// <summary>The worked examples of the published rules: the oracle gives what they say, and the cleaner what the oracle gives.</summary>
public sealed class ExamplesTests
{
    private static readonly long Arrival = Micros("2026-03-20T00:00:00Z");
    private static readonly Dictionary<string, JsonObject> Examples = Load();

    public static TheoryData<string> Names => [.. Examples.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_oracle_gives_what_a_worked_example_says(string name)
    {
        var oracle = new OracleCleaner(ReferenceTables.Default, Comparison.Horizon);

        var outcomes = Records(name).SelectMany(record => oracle.Clean(record, Arrival)).Select(Json).ToList();

        Assert.Equal(Examples[name]["outcomes"]!.AsArray().Select(Sorted), outcomes.Select(Sorted));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_cleaner_gives_what_the_oracle_gives_for_a_worked_example(string name)
    {
        var comparison = new Comparison();

        Assert.All(Records(name), record => Assert.Null(comparison.Difference(record, Arrival)));
    }

    /// <summary>The records of every example.</summary>
    internal static IEnumerable<byte[]> AllRecords() => Examples.Keys.SelectMany(Records);

    private static IEnumerable<byte[]> Records(string name) => Examples[name]["records"]!.AsArray().Select(record =>
        record!["raw_b64"] is { } encoded ? Convert.FromBase64String((string)encoded!) : Encoding.UTF8.GetBytes((string)record["raw"]!));

    private static JsonObject Json(OracleOutcome outcome) => outcome switch
    {
        OracleDuplicate duplicate => new JsonObject { ["duplicate"] = duplicate.EventId },
        OracleRefusal { Field: null } refusal => new JsonObject { ["refused"] = refusal.Reason },
        OracleRefusal refusal => new JsonObject { ["refused"] = refusal.Reason, ["field"] = refusal.Field },
        OracleRow row => new JsonObject { ["row"] = Fields(row), ["repairs"] = row.Repairs },
        _ => throw new InvalidOperationException(outcome.ToString()),
    };

    private static JsonObject Fields(OracleRow row)
    {
        var fields = new JsonObject { ["entity"] = row.EventType + "_event" };
        foreach (var (name, value) in row.Fields)
        {
            fields[name] = name == "extras" ? JsonNode.Parse((string)value) : value switch
            {
                long instant => InstantPattern.ExtendedIso.Format(Instant.FromUnixTimeTicks(instant * TimeSpan.TicksPerMicrosecond)),
                LocalDate date => LocalDatePattern.Iso.Format(date),
                int number => number,
                double number => number,
                _ => (string)value,
            };
        }

        return fields;
    }

    /// <summary>JSON with sorted keys, numbers and fractions of a second in one spelling, so that equal content is equal text.</summary>
    private static string Sorted(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject fields => "{" + string.Join(",", fields.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"\"{field.Key}\":{Sorted(field.Value)}")) + "}",
        JsonArray items => "[" + string.Join(",", items.Select(Sorted)) + "]",
        _ => node.ToJsonString().Replace(".0", "", StringComparison.Ordinal).Replace(".250000Z", ".25Z", StringComparison.Ordinal),
    };

    private static long Micros(string instant) => InstantPattern.ExtendedIso.Parse(instant).Value.ToUnixTimeTicks() / TimeSpan.TicksPerMicrosecond;

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
