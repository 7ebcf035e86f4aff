namespace AirportOps.DuckDb;

/// <summary>A query's result in memory.</summary>
/// <param name="Columns">Names and types.</param>
/// <param name="Rows">Rows of bool, int, long, ulong, double, string or null; dates as days and instants as microseconds since 1970.</param>
public sealed record DuckDbTable(IReadOnlyList<(string Name, DuckDbType Type)> Columns, IReadOnlyList<object?[]> Rows);
