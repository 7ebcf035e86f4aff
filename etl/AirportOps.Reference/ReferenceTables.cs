using System.Globalization;
using System.Security.Cryptography;
using AirportOps.Reference.OpenFlights;
using AirportOps.Reference.Time;

namespace AirportOps.Reference;

/// <summary>
/// The reference rows shipped with the product: airports and airlines that have an IATA code, in the order of their source, and aircraft types.
/// Immutable; safe for any number of threads.
/// </summary>
public sealed class ReferenceTables
{
    private const int AirlineCodeLength = 2;
    private const int AirportCodeLength = 3;

    private static readonly Lazy<ReferenceTables> Shipped = new(Load);

    private readonly Dictionary<string, Airport> _airportsByIata;

    private ReferenceTables(IReadOnlyList<Airport> airports, IReadOnlyList<Airline> airlines, IReadOnlyList<AircraftType> types, string version)
    {
        Airports = airports;
        Airlines = airlines;
        AircraftTypes = types;
        Version = version;
        _airportsByIata = new Dictionary<string, Airport>(airports.Count, StringComparer.Ordinal);
        foreach (var airport in airports)
        {
            _airportsByIata.TryAdd(airport.Iata, airport);
        }
    }

    /// <summary>The tables embedded in this assembly, read once.</summary>
    public static ReferenceTables Default => Shipped.Value;

    /// <summary>Airports with an IATA code, in the order of the source.</summary>
    public IReadOnlyList<Airport> Airports { get; }

    /// <summary>Airlines with an IATA code, in the order of the source; a code may stand in several rows.</summary>
    public IReadOnlyList<Airline> Airlines { get; }

    /// <summary>Aircraft types, in the order of the source.</summary>
    public IReadOnlyList<AircraftType> AircraftTypes { get; }

    /// <summary>What these tables are: the first 12 hex digits of the SHA-256 of their content. Zone rules have <see cref="LocalClock.Version"/>.</summary>
    public string Version { get; }

    /// <summary>The first airport of the source with this IATA code.</summary>
    /// <param name="iata">Three upper-case letters or digits; any other text finds nothing.</param>
    /// <returns>The airport, or null when no row has the code.</returns>
    public Airport? FindAirport(string iata) => _airportsByIata.GetValueOrDefault(iata);

    private static ReferenceTables Load()
    {
        var airports = OpenFlightsReader.Decompress("openflights_airports.dat.gz");
        var airlines = OpenFlightsReader.Decompress("openflights_airlines.dat.gz");
        var planes = OpenFlightsReader.Decompress("openflights_planes.dat.gz");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(airports);
        hash.AppendData(airlines);
        hash.AppendData(planes);

        List<Airport>? airportRows = null;
        List<Airline>? airlineRows = null;
        Parallel.Invoke(
            () => airportRows = [.. OpenFlightsReader.Rows(airports).Where(row => IsCode(row[4], AirportCodeLength)).Select(ToAirport)],
            () => airlineRows = [.. OpenFlightsReader.Rows(airlines).Where(row => IsCode(row[3], AirlineCodeLength)).Select(ToAirline)]);
        return new ReferenceTables(
            airportRows!,
            airlineRows!,
            [.. OpenFlightsReader.Rows(planes).Select(row => new AircraftType(row[0]!, row[1], row[2]))],
            Convert.ToHexStringLower(hash.GetHashAndReset())[..12]);
    }

    private static Airport ToAirport(string?[] row) => new(
        row[4]!,
        row[5],
        row[1]!,
        row[2],
        row[3],
        double.Parse(row[6]!, CultureInfo.InvariantCulture),
        double.Parse(row[7]!, CultureInfo.InvariantCulture),
        int.Parse(row[8]!, CultureInfo.InvariantCulture),
        row[11]);

    private static Airline ToAirline(string?[] row) => new(row[3]!, row[4], row[1]!, row[5], row[6], row[7] == "Y");

    /// <summary>A few rows of the source hold signs or words where a code should stand; those are no codes.</summary>
    private static bool IsCode(string? text, int length) =>
        text is not null && text.Length == length && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
}
