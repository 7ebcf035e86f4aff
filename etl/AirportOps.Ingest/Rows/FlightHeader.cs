namespace AirportOps.Ingest.Rows;

/// <summary>The first line of a flight file. Names compare without case; of equal ones the first counts.</summary>
internal sealed class FlightHeader
{
    private readonly Dictionary<string, FlightColumn> _columns = new(StringComparer.OrdinalIgnoreCase);

    public FlightHeader(IReadOnlyList<string> names)
    {
        Count = names.Count;
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i].Trim();
            _columns.TryAdd(name, new FlightColumn(i, name));
        }
    }

    /// <summary>How many fields each row must have.</summary>
    public int Count { get; }

    public FlightColumn this[string name] => _columns[name];

    public bool HasAll(IEnumerable<string> names) => names.All(_columns.ContainsKey);

    public IEnumerable<string> Missing(IEnumerable<string> names) => names.Where(name => !_columns.ContainsKey(name));
}
