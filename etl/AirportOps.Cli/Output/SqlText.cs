using System.Globalization;
using System.Text.Json.Nodes;

namespace AirportOps.Cli.Output;

/// <summary>Values of a query's result as text and as JSON.</summary>
internal static class SqlText
{
    /// <summary>The text of a value; a null stays null. Timestamps are UTC, without a zone.</summary>
    internal static string? Of(object? value) => value switch
    {
        null => null,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>The JSON of a value: numbers and truth values as such; the rest, NaN, infinities and numbers of more than 28 digits among them, as text.</summary>
    internal static JsonNode? ToNode(object? value) => value switch
    {
        int number => number,
        long number => number,
        decimal number => number,
        double number when double.IsFinite(number) => number,
        bool flag => flag,
        _ => Of(value),
    };
}
