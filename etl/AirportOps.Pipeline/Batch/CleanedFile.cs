namespace AirportOps.Pipeline.Batch;

/// <summary>A Parquet file of a result.</summary>
/// <param name="Entity">The Silver entity, for instance <c>flight_event</c>.</param>
/// <param name="EventDate">The UTC date of event_time that all rows share.</param>
/// <param name="Key">Where it lies in the result's folder.</param>
/// <param name="Rows">Rows in it, at least 1.</param>
/// <param name="Bytes">Its size.</param>
public sealed record CleanedFile(string Entity, DateOnly EventDate, string Key, long Rows, long Bytes);
