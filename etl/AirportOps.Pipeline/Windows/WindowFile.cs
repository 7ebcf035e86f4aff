namespace AirportOps.Pipeline.Windows;

/// <summary>A Parquet file of a window.</summary>
/// <param name="Entity">The Silver entity, for instance <c>flight_event</c>.</param>
/// <param name="EventDate">The UTC date of event_time that all rows share.</param>
/// <param name="Key">Where it lies in the lake.</param>
/// <param name="Rows">Rows in it, at least 1.</param>
/// <param name="Bytes">Its exact size, which a manifest COPY must state.</param>
/// <param name="Columns">Statistics by column, in the order of the file.</param>
/// <param name="Sha256">SHA-256 of its content in lower-case hex; null in a manifest of layout 1.</param>
public sealed record WindowFile(
    string Entity,
    DateOnly EventDate,
    string Key,
    long Rows,
    long Bytes,
    IReadOnlyList<WindowColumn> Columns,
    string? Sha256 = null);
