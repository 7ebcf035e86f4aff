using System.Text;
using AirportOps.Reference;

namespace AirportOps.Simulator.Network;

/// <summary>Who in the reference tables bears which ICAO code and which name, to find the spellings that leave no doubt.</summary>
internal sealed class SpellingBook
{
    /// <summary>Names longer than this are left alone: what a field keeps ends at 64 bytes.</summary>
    private const int LongestName = 60;

    private readonly ReferenceTables _tables;
    private readonly ILookup<string, string> _airports;
    private readonly ILookup<string, string> _airlines;

    public SpellingBook(ReferenceTables tables)
    {
        _tables = tables;
        _airports = Bearers(tables.Airports.Select(airport => (airport.Iata, airport.Icao, airport.Name)));
        _airlines = Bearers(tables.Airlines.Select(airline => (airline.Iata, airline.Icao, airline.Name)));
    }

    public Spelling Of(Airport airport) => new(Only(_airports, airport.Icao), Only(_airports, airport.Name));

    /// <summary>The first active row of a code is what the code means.</summary>
    public Spelling OfAirline(string iata)
    {
        var airline = _tables.Airlines.FirstOrDefault(row => row.Iata == iata && row.IsActive)
            ?? throw new InvalidOperationException($"The reference tables have no active airline {iata}.");
        return new Spelling(Only(_airlines, airline.Icao), Only(_airlines, airline.Name));
    }

    private static ILookup<string, string> Bearers(IEnumerable<(string Iata, string? Icao, string Name)> rows) =>
        rows.SelectMany(row => new[] { (Bare: Bare(row.Name), row.Iata), (Bare: Bare(row.Icao ?? ""), row.Iata) }).Distinct()
            .ToLookup(bearer => bearer.Bare, bearer => bearer.Iata, StringComparer.Ordinal);

    private static byte[]? Only(ILookup<string, string> bearers, string? text) =>
        text is null || text.Length > LongestName || !Ascii.IsValid(text) || text.AsSpan().ContainsAny('"', '\\') || bearers[Bare(text)].Count() != 1
            ? null
            : Encoding.ASCII.GetBytes(text);

    /// <summary>Letters and digits only, as names compare. Names with other letters are never used, so accents need no folding.</summary>
    private static string Bare(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
