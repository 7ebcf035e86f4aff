namespace AirportOps.Warehouse.Sql;

/// <summary>Text as a constant in SQL, for what takes no parameters: COPY, and statements that the Redshift Data API runs as a batch.</summary>
internal static class SqlText
{
    /// <summary>The text in single quotes, those inside doubled.</summary>
    /// <exception cref="ArgumentException">
    /// It holds a backslash, which is an escape on Redshift and none on PostgreSQL, or a control character.
    /// </exception>
    internal static string Quote(string text) => text.AsSpan().ContainsAny('\\', '\0') || text.Any(char.IsControl)
        ? throw new ArgumentException($"'{text}' can't be a constant in SQL: backslashes and control characters are refused.", nameof(text))
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
