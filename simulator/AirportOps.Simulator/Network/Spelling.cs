using System.Text;
using AirportOps.Reference;

namespace AirportOps.Simulator.Network;

/// <summary>Other ways to write an airline's or airport's code. Only those that no second row of the reference tables could mean.</summary>
/// <param name="Icao">ICAO code; null when there is none that means only this.</param>
/// <param name="Name">Full name; null when several rows bear it.</param>
internal sealed record Spelling(byte[]? Icao, byte[]? Name)
{
    /// <summary>Names longer than this are left alone: what a field keeps ends at 64 bytes.</summary>
    private const int LongestName = 60;

    public static Spelling OfAirport(ReferenceTables tables, string iata)
    {
        var airport = tables.FindAirport(iata) ?? throw new InvalidOperationException($"The reference tables have no airport {iata}.");
        return new Spelling(
            Only(airport.Icao, tables.Airports.Count(other => Same(other.Icao, airport.Icao))),
            Only(airport.Name, tables.Airports.Count(other => Same(other.Name, airport.Name))));
    }

    /// <summary>The first active row of a code is what the code means; its other spellings must not be those of any other code.</summary>
    public static Spelling OfAirline(ReferenceTables tables, string iata)
    {
        var rows = tables.Airlines.Where(airline => airline.Iata == iata).ToArray();
        var airline = Array.Find(rows, row => row.IsActive) ?? throw new InvalidOperationException($"The reference tables have no active airline {iata}.");
        return new Spelling(
            Only(airline.Icao, Bearers(other => Same(other.Icao, airline.Icao))),
            Only(airline.Name, Bearers(other => Same(other.Name, airline.Name))));

        int Bearers(Func<Airline, bool> isAlike) => tables.Airlines.Where(isAlike).Select(other => other.Iata).Distinct(StringComparer.Ordinal).Count();
    }

    private static byte[]? Only(string? text, int bearers) =>
        text is null || bearers != 1 || text.Length > LongestName || !Ascii.IsValid(text) ? null : Encoding.ASCII.GetBytes(text);

    /// <summary>Equal in letters and digits. Names with other letters are never used, so accents need no folding.</summary>
    private static bool Same(string? one, string? other) => one is not null && other is not null && Bare(one) == Bare(other);

    private static string Bare(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
