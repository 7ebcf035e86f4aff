namespace AirportOps.Ingest;

/// <summary>What <see cref="ClockCheck"/> found in a file.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Refused">Rows that were no leg.</param>
/// <param name="Departures">Legs with a recorded departure clock and a computed departure.</param>
/// <param name="DeparturesEqual">Of these, how many agree.</param>
/// <param name="Arrivals">Legs, not diverted, with a recorded arrival clock and a computed arrival.</param>
/// <param name="ArrivalsEqual">Of these, how many agree.</param>
/// <param name="Differences">The first ten that don't.</param>
public sealed record ClockCheckReport(
    long Rows,
    long Refused,
    long Departures,
    long DeparturesEqual,
    long Arrivals,
    long ArrivalsEqual,
    IReadOnlyList<ClockDifference> Differences);
