using AirportOps.Ingest.Rows;
using AirportOps.Reference;
using AirportOps.Reference.Time;

namespace AirportOps.Ingest.Families;

/// <summary>Airlines and airports of the reference tables, found by the characters of a field.</summary>
internal sealed class KnownCodes
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _airlines;
    private readonly Dictionary<string, (string Iata, LocalClock Clock)>.AlternateLookup<ReadOnlySpan<char>> _airports;

    public KnownCodes(ReferenceTables reference)
    {
        _airlines = reference.Airlines.Select(airline => airline.Iata).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var airports = new Dictionary<string, (string, LocalClock)>(StringComparer.Ordinal);
        foreach (var airport in reference.Airports)
        {
            if (LocalClock.Find(reference.FindAirport(airport.Iata)?.TimeZone) is { } clock) airports[airport.Iata] = (airport.Iata, clock);
        }

        _airports = airports.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The airline's code; empty with a fault when no reference row has it.</summary>
    public string Airline(FlightRow row, FlightColumn column)
    {
        if (_airlines.TryGetValue(row.Text(column), out var code)) return code;
        if (row.Fault is null) row.Refuse(column, "an airline's IATA code");
        return "";
    }

    /// <summary>The airport's code and clock; nothing, with a fault, when no reference row has it with a zone.</summary>
    public (string Iata, LocalClock Clock) Airport(FlightRow row, FlightColumn column)
    {
        if (_airports.TryGetValue(row.Text(column), out var airport)) return airport;
        if (row.Fault is null) row.Refuse(column, "the IATA code of an airport whose time zone is known");
        return ("", null!);
    }

    /// <summary>The airport's code; null when no reference row has it.</summary>
    public string? FindAirport(ReadOnlySpan<char> code) => _airports.TryGetValue(code, out var airport) ? airport.Iata : null;
}
