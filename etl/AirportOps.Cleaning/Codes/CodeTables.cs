using System.Text;
using AirportOps.Reference;
using AirportOps.Reference.Time;

namespace AirportOps.Cleaning.Codes;

/// <summary>
/// What airline and airport codes and names mean: exact IATA code, then ICAO code, then full name without case, accents and anything but
/// letters and digits. Rows of active airlines come before inactive ones, of equals the first; a name that several codes share means none.
/// Immutable; safe for any number of threads.
/// </summary>
public sealed class CodeTables
{
    private readonly LocalClock?[] _clocks;

    /// <summary>Builds the lookups from reference rows; a few milliseconds.</summary>
    public CodeTables(ReferenceTables reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        Airlines = new CodeTable(reference.Airlines.OrderByDescending(row => row.IsActive).Select(row => new CodeRow(row.Iata, row.Icao, row.Name, row.IsActive)));
        Airports = new CodeTable(reference.Airports.Select(row => new CodeRow(row.Iata, row.Icao, row.Name, true)));
        _clocks = new LocalClock?[Airports.Count];
        foreach (var airport in reference.Airports)
        {
            if (Airports.TryFindIata(Encoding.ASCII.GetBytes(airport.Iata), out var index))
            {
                _clocks[index] ??= LocalClock.Find(reference.FindAirport(airport.Iata)!.TimeZone);
            }
        }
    }

    /// <summary>Airlines by IATA code.</summary>
    internal CodeTable Airlines { get; }

    /// <summary>Airports by IATA code.</summary>
    internal CodeTable Airports { get; }

    /// <summary>The wall clock at an airport; null where its zone is not known.</summary>
    internal LocalClock? ClockAt(int airportIndex) => _clocks[airportIndex];
}
