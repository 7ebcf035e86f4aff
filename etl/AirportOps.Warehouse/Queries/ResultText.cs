using System.Globalization;

namespace AirportOps.Warehouse.Queries;

/// <summary>Values of results, which come as text.</summary>
internal static class ResultText
{
    private static readonly string[] Timestamps = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF"];

    /// <summary>The value of a text; the text itself where the type is another, or .NET's can't hold the value exactly.</summary>
    /// <param name="type">The type's name, PostgreSQL's short (<c>int8</c>) or SQL's (<c>bigint</c>), with or without a length.</param>
    /// <param name="text">As PostgreSQL spells it.</param>
    internal static object Parse(string type, string text)
    {
        var parenthesis = type.IndexOf('(', StringComparison.Ordinal);
        return (parenthesis < 0 ? type : type[..parenthesis]).Trim() switch
        {
            "int2" or "smallint" or "int4" or "integer" when int.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
            "int8" or "bigint" when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
            // A number of more than 28 digits would be rounded without a word.
            "numeric" or "decimal" when decimal.TryParse(text, CultureInfo.InvariantCulture, out var number)
                && number.ToString(CultureInfo.InvariantCulture) == text => number,
            "float4" or "real" or "float8" or "double precision" when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
            "bool" or "boolean" => IsTrue(text),
            "date" when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
            "timestamp" or "timestamp without time zone" when DateTime.TryParseExact(text, Timestamps, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => time,
            _ => text,
        };
    }

    /// <summary>Whether a text is a true value, in any spelling of it.</summary>
    internal static bool IsTrue(string? text) => text is "t" or "true" or "1";

    /// <summary>A count or a number of rows.</summary>
    internal static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}
