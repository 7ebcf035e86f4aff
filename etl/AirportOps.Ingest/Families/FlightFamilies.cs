using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>The families by their header.</summary>
internal static class FlightFamilies
{
    /// <summary>A family that has all columns of another and more comes before it.</summary>
    private static readonly (FlightFileFamily Family, IReadOnlyList<string> Columns)[] ByColumns =
    [
        (FlightFileFamily.Bts, BtsReader.RequiredColumns),
        (FlightFileFamily.Hflights, HflightsReader.RequiredColumns),
        (FlightFileFamily.Lexflights, LexflightsReader.RequiredColumns),
        (FlightFileFamily.Nycflights13, Nycflights13Reader.RequiredColumns),
    ];

    /// <summary>The first family whose columns a header has, among others and in any order; null when there is none.</summary>
    public static FlightFileFamily? Recognise(FlightHeader header)
    {
        foreach (var (family, columns) in ByColumns)
        {
            if (header.HasAll(columns)) return family;
        }

        return null;
    }

    /// <summary>What a header lacks to be of the family that it comes nearest to.</summary>
    public static string ExplainMismatch(FlightHeader header)
    {
        var (family, columns) = ByColumns.MinBy(known => header.Missing(known.Columns).Count() / (double)known.Columns.Count);
        var missing = header.Missing(columns).ToArray();
        return missing.Length == columns.Count
            ? "the first line has none of the column names of BTS, hflights, lexflights or nycflights13. Name a file with such a header."
            : $"the header is of no known family; it comes nearest to {SourceOf(family)} and lacks {string.Join(", ", missing)}. Add these columns.";
    }

    /// <summary>What a family is called in an event's source and id.</summary>
    public static string SourceOf(FlightFileFamily family) => family switch
    {
        FlightFileFamily.Bts => "bts",
        FlightFileFamily.Hflights => "hflights",
        FlightFileFamily.Lexflights => "lexflights",
        _ => "nycflights13",
    };

    public static LegReader CreateReader(FlightFileFamily family, FlightHeader header, KnownCodes codes) => family switch
    {
        FlightFileFamily.Bts => new BtsReader(header, codes),
        FlightFileFamily.Hflights => new HflightsReader(header, codes),
        FlightFileFamily.Lexflights => new LexflightsReader(header, codes),
        _ => new Nycflights13Reader(header, codes),
    };
}
