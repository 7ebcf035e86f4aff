using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AirportOps.Cli.Hosting;

namespace AirportOps.Cli.Output;

/// <summary>What a verb found out: names in snake case with values, printed as lines or as one JSON object.</summary>
internal sealed class Result : Dictionary<string, object?>
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Starts an empty result.</summary>
    internal Result()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>Prints the result the way the verb was asked to.</summary>
    internal static async Task WriteAsync(VerbContext context, Result result)
    {
        if (context.Json)
        {
            await context.Out.WriteLineAsync(result.ToJson().ToJsonString(Indented));
            return;
        }

        var width = result.Keys.DefaultIfEmpty(string.Empty).Max(name => name.Length);
        foreach (var (name, value) in result.Where(pair => !IsNothing(pair.Value)))
        {
            await context.Out.WriteLineAsync($"{name.Replace('_', ' ').PadRight(width)}  {Text(value)}");
        }
    }

    /// <summary>The result as JSON.</summary>
    internal JsonObject ToJson() => new(this.Select(pair => KeyValuePair.Create(pair.Key, ToNode(pair.Value))));

    /// <summary>What a person need not read: no value, or a list of none.</summary>
    private static bool IsNothing(object? value) => value is null || (value is System.Collections.IEnumerable list and not string && !list.GetEnumerator().MoveNext());

    private static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonNode node => node,
        Result nested => nested.ToJson(),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        IEnumerable<Result> list => new JsonArray([.. list.Select(item => item.ToJson())]),
        IEnumerable<string> list => new JsonArray([.. list.Select(item => JsonValue.Create(item))]),
        IReadOnlyDictionary<string, long> counts => new JsonObject(counts.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))),
        _ => JsonValue.Create(Text(value)),
    };

    private static string Text(object? value) => value switch
    {
        bool flag => flag ? "yes" : "no",
        Result nested => string.Join(", ", nested.Select(pair => $"{pair.Key.Replace('_', ' ')} {Text(pair.Value)}")),
        IReadOnlyDictionary<string, long> counts => string.Join(", ", counts.Select(pair => $"{pair.Key} {Text(pair.Value)}")),
        IEnumerable<Result> list => string.Concat(list.Select(item => $"\n  {Text(item)}")),
        IEnumerable<string> list => string.Concat(list.Select(item => $"\n  {item}")),
        long or int => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? string.Empty,
    };
}
