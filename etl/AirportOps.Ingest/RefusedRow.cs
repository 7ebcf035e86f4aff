namespace AirportOps.Ingest;

/// <summary>A row of a flight file that became no event.</summary>
/// <param name="Line">The row's line in the file, the header being 1; of a row over several lines the last.</param>
/// <param name="Reason">Names the column, what stood there and what was expected.</param>
public sealed record RefusedRow(long Line, string Reason);
