using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>The families, read from <c>families.csv</c>: a row a field, a column a family; a header is tried on them in this order.</summary>
/// <remarks>
/// A cell names what the family calls the field: <c>A|B</c> is A, else B; <c>A?</c> is used where it is there and not missed where it is
/// not; an empty cell is a field that files of the family don't have.
/// </remarks>
internal static class FlightFamilies
{
    private const string Table = "families.csv";

    public static IReadOnlyList<FlightFamily> All { get; } = Read();

    /// <summary>The first family of which a header has all that a leg needs, among others and in any order; null when there is none.</summary>
    public static FlightFamily? Recognise(FlightHeader header) => All.FirstOrDefault(family => family.Lacking(header).Names.Count == 0);

    /// <summary>What a header lacks to be of the family that it comes nearest to.</summary>
    public static string ExplainMismatch(FlightHeader header)
    {
        var nearest = All.MinBy(family => family.Lacking(header).Share)!;
        var (lacking, share) = nearest.Lacking(header);
        return share == 1
            ? "the first line has none of the column names of BTS, hflights, lexflights or nycflights13. Name a file with such a header."
            : $"the header is of no known family; it comes nearest to {nearest.Name} and lacks {string.Join(", ", lacking)}. Add these columns.";
    }

    private static FlightFamily[] Read()
    {
        using var reader = new StreamReader(typeof(FlightFamilies).Assembly.GetManifestResourceStream(Table)!);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd('\r').Split(',')).ToArray();
        return [.. Enumerable.Range(1, rows[0].Length - 1).Select(index => new FlightFamily(rows[0][index], ColumnsOf(index)))];

        Dictionary<FlightField, FamilyColumn> ColumnsOf(int index) => rows.Skip(1).Where(row => row[index].Length > 0).ToDictionary(
            row => Enum.Parse<FlightField>(row[0]),
            row => new FamilyColumn(
                row[index].TrimEnd('?').Split('|'),
                IsUsual: !row[index].EndsWith('?')));
    }
}
