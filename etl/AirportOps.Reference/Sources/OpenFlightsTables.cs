namespace AirportOps.Reference.Sources;

/// <summary>OpenFlights' airports and airlines.</summary>
/// <param name="airports">The content of <c>airports.dat</c>.</param>
/// <param name="airlines">The content of <c>airlines.dat</c>.</param>
internal sealed class OpenFlightsTables(byte[] airports, byte[] airlines)
{
    /// <summary>The airports with an IATA code.</summary>
    /// <param name="newerZones">IANA zones that replace those of the file, by IATA code.</param>
    internal IEnumerable<Airport> Airports(IReadOnlyDictionary<string, string> newerZones) =>
        DelimitedRows.OpenFlights.Read(airports).Where(row => Codes.IsCode(row[4], Codes.AirportLength)).Select(row => new Airport(
            row[4]!,
            row[5],
            row[1]!,
            row[2],
            row[3],
            Codes.Degrees(row[6]!),
            Codes.Degrees(row[7]!),
            Codes.Feet(row[8]!),
            newerZones.GetValueOrDefault(row[4]!) ?? row[11]));

    /// <summary>The airlines with an IATA code.</summary>
    internal IEnumerable<Airline> Airlines() =>
        DelimitedRows.OpenFlights.Read(airlines).Where(row => Codes.IsCode(row[3], Codes.AirlineLength)).Select(row =>
            new Airline(row[3]!, row[4], row[1]!, row[5], row[6], row[7] == "Y"));
}
