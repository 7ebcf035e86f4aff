using System.Globalization;

namespace AirportOps.Reference.Sources;

/// <summary>
/// The tables of 2026: airportsdata's airports, the airlines of OpenTravelData that have a code today, and the written list of codes for which
/// they come before OpenFlights.
/// </summary>
internal sealed class NewerTables
{
    private readonly List<Airport> _airports;
    private readonly List<Airline> _airlines;
    private readonly List<Override> _overrides;

    /// <param name="airports">The content of airportsdata's <c>airports.csv</c>.</param>
    /// <param name="airlines">The content of OpenTravelData's <c>optd_airlines.csv</c>.</param>
    /// <param name="countries">The content of OpenFlights' <c>countries.dat</c>, for the countries' names.</param>
    /// <param name="overrides">The content of <c>Data/overrides.csv</c>.</param>
    internal NewerTables(byte[] airports, byte[] airlines, byte[] countries, byte[] overrides)
    {
        var names = DelimitedRows.OpenFlights.Read(countries).Where(row => row[1] is not null).DistinctBy(row => row[1])
            .ToDictionary(row => row[1]!, row => row[0]!, StringComparer.Ordinal);
        _airports =
        [
            .. DelimitedRows.Csv.Read(airports, "iata", "icao", "name", "city", "country", "lat", "lon", "elevation", "tz").Select(row => new Airport(
                row[0]!,
                Codes.IsCode(row[1], 4) ? row[1] : null,
                row[2]!,
                row[3],
                row[4] is { } country ? names.GetValueOrDefault(country, country) : null,
                Codes.Degrees(row[5]!),
                Codes.Degrees(row[6]!),
                Codes.Feet(row[7] ?? "0"),
                row[8]) { Source = ReferenceSource.Newer }),
        ];

        // A code has a row for each airline that ever had it; of those that have it today the one with more flights comes first.
        _airlines =
        [
            .. new DelimitedRows('^', false).Read(airlines, "2char_code", "3char_code", "name", "validity_to", "flt_freq")
                .Where(row => Codes.IsCode(row[0], Codes.AirlineLength) && row[2] is not null && row[3] is null)
                .OrderBy(row => row[0], StringComparer.Ordinal).ThenByDescending(row => double.Parse(row[4] ?? "0", CultureInfo.InvariantCulture))
                .Select(row => new Airline(row[0]!, row[1], row[2]!, null, null, true) { Source = ReferenceSource.Newer }),
        ];
        _overrides =
        [
            .. DelimitedRows.Csv.Read(overrides, "table", "code", "icao", "zone")
                .Select(row => new Override(row[0] == "airline", row[1]!, row[2], row[3])),
        ];
    }

    /// <summary>All airports of today.</summary>
    internal IReadOnlyList<Airport> Airports() => _airports;

    /// <summary>All airlines of today.</summary>
    internal IReadOnlyList<Airline> Airlines() => _airlines;

    /// <summary>The airports that come before OpenFlights.</summary>
    internal IReadOnlyList<Airport> AirportOverrides()
    {
        var byCode = _airports.ToDictionary(row => row.Iata, StringComparer.Ordinal);
        return
        [
            .. _overrides.Where(row => !row.IsAirline).Select(row => byCode[row.Code] with
            {
                TimeZone = row.Zone ?? byCode[row.Code].TimeZone,
                Source = ReferenceSource.Override,
            }),
        ];
    }

    /// <summary>The airlines that come before OpenFlights.</summary>
    internal IReadOnlyList<Airline> AirlineOverrides()
    {
        var byCode = _airlines.DistinctBy(row => row.Iata).ToDictionary(row => row.Iata, StringComparer.Ordinal);
        return
        [
            .. _overrides.Where(row => row.IsAirline).Select(row => byCode[row.Code] with
            {
                Icao = row.Icao ?? byCode[row.Code].Icao,
                Source = ReferenceSource.Override,
            }),
        ];
    }

    /// <summary>Zones by IATA code, of all airports but those named.</summary>
    internal IReadOnlyDictionary<string, string> ZonesBut(IReadOnlyList<Airport> others)
    {
        var left = others.Select(airport => airport.Iata).ToHashSet(StringComparer.Ordinal);
        return _airports.Where(airport => airport.TimeZone is not null && !left.Contains(airport.Iata))
            .ToDictionary(airport => airport.Iata, airport => airport.TimeZone!, StringComparer.Ordinal);
    }

    /// <summary>A line of the written list: the newer row of a code counts, with another ICAO code or zone where one is given.</summary>
    private sealed record Override(bool IsAirline, string Code, string? Icao, string? Zone);
}
