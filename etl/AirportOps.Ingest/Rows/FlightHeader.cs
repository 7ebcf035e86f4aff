namespace AirportOps.Ingest.Rows;

/// <summary>The first line of a flight file. Names compare by their letters and digits, without case; of equal ones the first counts.</summary>
internal sealed class FlightHeader
{
    private readonly Dictionary<string, FlightColumn> _columns = new(StringComparer.OrdinalIgnoreCase);

    public FlightHeader(IReadOnlyList<string> names)
    {
        Count = names.Count;
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i].Trim();
            if (name.Length == 0) continue;
            NamedCount = i + 1;
            _columns.TryAdd(Normalise(name), new FlightColumn(i, name));
        }
    }

    /// <summary>How many fields each row has.</summary>
    public int Count { get; }

    /// <summary>How many fields each row must have: a comma at the end of the header names no column.</summary>
    public int NamedCount { get; }

    /// <summary>The columns, in their order.</summary>
    public IEnumerable<FlightColumn> Columns => _columns.Values.OrderBy(column => column.Index);

    public FlightColumn? Find(string name) => _columns.TryGetValue(Normalise(name), out var column) ? column : null;

    private static string Normalise(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
