namespace AirportOps.Ingest;

/// <summary>What was read of a flight file so far. Always <c>Rows = Legs + Refused</c>.</summary>
/// <param name="Rows">Rows below the header, without empty lines.</param>
/// <param name="Legs">Rows that became a flight leg.</param>
/// <param name="Events">Events of these legs.</param>
/// <param name="Refused">Rows that became nothing.</param>
public readonly record struct FlightFileCounts(long Rows, long Legs, long Events, long Refused);
