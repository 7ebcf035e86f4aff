namespace AirportOps.Reference;

/// <summary>An airport with an IATA code.</summary>
/// <param name="Iata">Three upper-case letters or digits.</param>
/// <param name="Icao">Four upper-case letters or digits; null when the source has none.</param>
/// <param name="Name">The full name as the source spells it, for instance <c>John F Kennedy International Airport</c>.</param>
/// <param name="City">The city served; null when unknown.</param>
/// <param name="Country">The country's English name; null when unknown.</param>
/// <param name="Latitude">Degrees north, −90…90.</param>
/// <param name="Longitude">Degrees east, −180…180.</param>
/// <param name="AltitudeFeet">Feet above mean sea level.</param>
/// <param name="TimeZone">The IANA zone; null when the source has none, and then the airport has no local time.</param>
public sealed record Airport(
    string Iata,
    string? Icao,
    string Name,
    string? City,
    string? Country,
    double Latitude,
    double Longitude,
    int AltitudeFeet,
    string? TimeZone)
{
    /// <summary>Which table the row comes from; rows of an earlier one decide what a code or a name means.</summary>
    public ReferenceSource Source { get; init; } = ReferenceSource.OpenFlights;
}
