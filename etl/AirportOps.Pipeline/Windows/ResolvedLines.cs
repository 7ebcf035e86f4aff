namespace AirportOps.Pipeline.Windows;

/// <summary>Lines of a quarantine object that a replay resolved. Numbers count from 1, ascending, as text: <c>1-3,7</c>.</summary>
/// <param name="Key">The object.</param>
/// <param name="Rows">Lines that gave at least one row; null for none.</param>
/// <param name="Duplicates">Lines that gave no row but at least one duplicate; null for none.</param>
public sealed record ResolvedLines(string Key, string? Rows, string? Duplicates);
