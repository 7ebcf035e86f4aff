namespace AirportOps.Reference;

/// <summary>An airline with an IATA code. Codes are not unique: several rows may hold the same one.</summary>
/// <param name="Iata">Two upper-case letters or digits.</param>
/// <param name="Icao">Three upper-case letters or digits; null when the source has none.</param>
/// <param name="Name">The full name as the source spells it.</param>
/// <param name="Callsign">The radio call sign; null when unknown.</param>
/// <param name="Country">The country's English name; null when unknown.</param>
/// <param name="IsActive">Whether the airline was flying when the source was written.</param>
public sealed record Airline(string Iata, string? Icao, string Name, string? Callsign, string? Country, bool IsActive)
{
    /// <summary>Which table the row comes from; rows of an earlier one decide what a code or a name means.</summary>
    public ReferenceSource Source { get; init; } = ReferenceSource.OpenFlights;
}
