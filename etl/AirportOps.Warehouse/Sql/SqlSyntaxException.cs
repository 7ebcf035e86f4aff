namespace AirportOps.Warehouse.Sql;

/// <summary>SQL whose end is missing.</summary>
/// <param name="what">What was opened and never closed.</param>
/// <param name="line">The number of the line it was opened in.</param>
internal sealed class SqlSyntaxException(string what, int line) : Exception($"line {line}: {what} is never closed")
{
    internal int Line { get; } = line;
}
