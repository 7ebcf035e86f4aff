namespace AirportOps.Reference;

/// <summary>An aircraft type.</summary>
/// <param name="Name">The type's name, for instance <c>Airbus A320</c>.</param>
/// <param name="Iata">The three-character IATA type code; null when the source has none.</param>
/// <param name="Icao">The ICAO type designator, for instance <c>A320</c>; null when the source has none.</param>
public sealed record AircraftType(string Name, string? Iata, string? Icao);
