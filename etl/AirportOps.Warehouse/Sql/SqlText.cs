using System.Globalization;

namespace AirportOps.Warehouse.Sql;

/// <summary>Values as constants in SQL, for what takes no parameters: COPY, and most of what goes through the Redshift Data API.</summary>
internal static class SqlText
{
    /// <summary>The text in single quotes, those inside doubled.</summary>
    /// <exception cref="ArgumentException">
    /// It holds a backslash, which is an escape on Redshift and none on PostgreSQL, or a control character.
    /// </exception>
    internal static string Quote(string text) => text.AsSpan().ContainsAny('\\', '\0') || text.Any(char.IsControl)
        ? throw new ArgumentException($"'{text}' can't be a constant in SQL: backslashes and control characters are refused.", nameof(text))
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A value as a constant, whatever it holds.</summary>
    /// <param name="value">Null, string, int, long, decimal, double, bool, or DateTime for a timestamp. A zero character, which no engine keeps, is left out.</param>
    /// <param name="engine">
    /// On Redshift a backslash is doubled: as an escape it then stands for itself, and should a server take it plainly, the constant still ends where it
    /// is meant to.
    /// </param>
    internal static string Literal(object? value, WarehouseEngine engine) => value switch
    {
        null => "NULL",
        string text => $"'{(engine == WarehouseEngine.Redshift ? text.Replace("\\", "\\\\", StringComparison.Ordinal) : text)
            .Replace("'", "''", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)}'",
        bool flag => flag ? "TRUE" : "FALSE",
        DateTime time => $"CAST('{time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}' AS TIMESTAMP)",
        double number when !double.IsFinite(number) => throw new ArgumentException("Only finite numbers can be constants in SQL.", nameof(value)),
        int or long or decimal or double => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"There is no constant for a {value.GetType().Name}.", nameof(value)),
    };
}
