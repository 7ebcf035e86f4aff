namespace AirportOps.Pipeline.Windows;

/// <summary>Statistics of one column of a window's file.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Nulls">How many rows have no value.</param>
/// <param name="Min">The smallest value as text (instants and dates in ISO 8601); null when there is none or none is known.</param>
/// <param name="Max">The greatest value, likewise.</param>
public sealed record WindowColumn(string Name, long Nulls, string? Min, string? Max);
