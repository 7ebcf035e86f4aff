using System.Security.Cryptography;
using AirportOps.Reference.Sources;
using AirportOps.Reference.Time;

namespace AirportOps.Reference;

/// <summary>
/// Airports and airlines that have an IATA code, from several tables in the order of <see cref="ReferenceSource"/>, and aircraft types. Within a
/// table rows keep its order. Immutable; safe for any number of threads.
/// </summary>
public sealed class ReferenceTables
{
    private static readonly Lazy<ReferenceTables> Shipped = new(() => Load(null, null));

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

    /// <summary>The tables shipped with the product, read once.</summary>
    public static ReferenceTables Default => Shipped.Value;

    /// <summary>Airports with an IATA code; a code may stand in several rows, of which the first counts.</summary>
    public IReadOnlyList<Airport> Airports { get; }

    /// <summary>Airlines with an IATA code; a code may stand in several rows, of which the first active one of the first table counts, else its first.</summary>
    public IReadOnlyList<Airline> Airlines { get; }

    /// <summary>Aircraft types, in the order of the source.</summary>
    public IReadOnlyList<AircraftType> AircraftTypes { get; }

    /// <summary>
    /// What these tables are: the first 12 hex digits of the SHA-256 of all their content, files of one's own with it. Zone rules have
    /// <see cref="LocalClock.Version"/>.
    /// </summary>
    public string Version { get; }

    /// <summary>Reads the shipped tables and behind them files of one's own, whose form docs/cleaning.md describes.</summary>
    /// <param name="airportsFile">A CSV file of airports; null for none.</param>
    /// <param name="airlinesFile">A CSV file of airlines; null for none.</param>
    /// <exception cref="ReferenceFileException">A file can't be read, or a line of it is wrong; the message names file, line and field.</exception>
    public static ReferenceTables Load(string? airportsFile, string? airlinesFile)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var openFlights = new OpenFlightsTables(Embedded("openflights_airports.dat.gz"), Embedded("openflights_airlines.dat.gz"));
        var planes = Embedded("openflights_planes.dat.gz");
        var newer = new NewerTables(
            Embedded("airportsdata_iata.csv.gz"), Embedded("optd_airlines.csv.gz"), Embedded("openflights_countries.dat.gz"), Embedded("overrides.csv"));
        var ownAirports = airportsFile is null ? null : OwnFile.Airports(airportsFile, hash);
        var ownAirlines = airlinesFile is null ? null : OwnFile.Airlines(airlinesFile, hash);

        List<Airport>? airports = null;
        List<Airline>? airlines = null;
        Parallel.Invoke(
            () =>
            {
                var outdated = newer.AirportOverrides();
                var today = newer.Airports();
                airports = [.. outdated, .. openFlights.Airports(newer.ZonesBut(outdated)), .. today, .. ownAirports ?? []];
            },
            () => airlines = [.. newer.AirlineOverrides(), .. openFlights.Airlines(), .. newer.Airlines(), .. ownAirlines ?? []]);
        return new ReferenceTables(
            airports!,
            airlines!,
            [.. DelimitedRows.OpenFlights.Read(planes).Select(row => new AircraftType(row[0]!, row[1], row[2]))],
            Convert.ToHexStringLower(hash.GetHashAndReset())[..12]);

        byte[] Embedded(string resource)
        {
            var content = EmbeddedFile.Read(resource);
            hash.AppendData(content);
            return content;
        }
    }

    /// <summary>The airport that an IATA code means.</summary>
    /// <param name="iata">Three upper-case letters or digits; any other text finds nothing.</param>
    /// <returns>The airport, or null when no row has the code.</returns>
    public Airport? FindAirport(string iata) => _airportsByIata.GetValueOrDefault(iata);
}
