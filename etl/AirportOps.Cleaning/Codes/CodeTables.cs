using System.Text;
using AirportOps.Reference;
using AirportOps.Reference.Time;

namespace AirportOps.Cleaning.Codes;

/// <summary>
/// What airline and airport codes and names mean: exact IATA code, then ICAO code, then full name without case, accents and anything but
/// letters and digits. Tables are asked in the order of <see cref="ReferenceSource"/>; within one, rows of active airlines come before inactive ones,
/// of equals the first, and a name that several codes share means none.
/// Immutable; safe for any number of threads.
/// </summary>
public sealed class CodeTables
{
    /// <summary>Zones by airport. Their rules are read when first asked for: all of them take longer than all else here.</summary>
    private readonly string?[] _zones;
    private readonly LocalClock?[] _clocks;

    /// <summary>Builds the lookups from reference rows; a few milliseconds.</summary>
    public CodeTables(ReferenceTables reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        CodeTable? airlines = null;
        CodeTable? airports = null;
        Parallel.Invoke(
            () => airlines = new CodeTable(Rows(reference.Airlines)),
            () => airports = new CodeTable(Rows(reference.Airports)));
        (Airlines, Airports) = (airlines!, airports!);
        _clocks = new LocalClock?[Airports.Count];
        _zones = new string?[Airports.Count];
        for (var index = 0; index < Airports.Count; index++)
        {
            _zones[index] = reference.FindAirport(Encoding.ASCII.GetString(Airports[index]))!.TimeZone;
        }
    }

    /// <summary>Airlines by IATA code.</summary>
    internal CodeTable Airlines { get; }

    /// <summary>Airports by IATA code.</summary>
    internal CodeTable Airports { get; }

    /// <summary>The wall clock at an airport; null where its zone is not known.</summary>
    internal LocalClock? ClockAt(int airportIndex) =>
        _clocks[airportIndex] ?? (_zones[airportIndex] is { } zone ? _clocks[airportIndex] = LocalClock.Find(zone) : null);

    /// <summary>By table, active airlines before the others.</summary>
    private static List<CodeRow> Rows(IReadOnlyList<Airline> airlines) =>
    [
        .. airlines.OrderBy(airline => airline.Source).ThenByDescending(airline => airline.IsActive)
            .Select(airline => new CodeRow(airline.Source, airline.Iata, airline.Icao, airline.Name, airline.IsActive)),
    ];

    private static List<CodeRow> Rows(IReadOnlyList<Airport> airports) =>
        [.. airports.Select(airport => new CodeRow(airport.Source, airport.Iata, airport.Icao, airport.Name, true))];
}
