using AirportOps.Ingest.Rows;

namespace AirportOps.Ingest.Families;

/// <summary>A kind of flight file: what its columns are called. One column of <c>families.csv</c>.</summary>
/// <param name="name">What the family is called in an event's source and id.</param>
/// <param name="columns">The columns that are known.</param>
internal sealed class FlightFamily(string name, IReadOnlyDictionary<FlightField, FamilyColumn> columns)
{
    private static readonly FlightField[] DateParts = [FlightField.Year, FlightField.Month, FlightField.Day];
    private static readonly FlightField[] Identity = [FlightField.Airline, FlightField.FlightNumber, FlightField.Origin, FlightField.Destination];

    public string Name { get; } = name;

    /// <summary>The columns that are known.</summary>
    public IReadOnlyDictionary<FlightField, FamilyColumn> Columns { get; } = columns;

    /// <summary>Without one of these a row is no leg of this family; of several fields any set will do.</summary>
    private IEnumerable<FlightField> Required(FlightHeader header)
    {
        var hasDate = Columns.TryGetValue(FlightField.Date, out var date)
            && (date.FindIn(header) is not null || !DateParts.All(part => Columns[part].FindIn(header) is not null));
        FlightField[] times = Columns.ContainsKey(FlightField.ScheduledDeparture)
            ? [FlightField.ScheduledDeparture]
            : [FlightField.DepartureClock, FlightField.DepartureDelay];
        return [.. hasDate ? [FlightField.Date] : DateParts, .. Identity, .. times];
    }

    /// <summary>Where a header has each field; null where it has not.</summary>
    public FlightColumn?[] FindIn(FlightHeader header)
    {
        var found = new FlightColumn?[Enum.GetValues<FlightField>().Length];
        foreach (var (field, column) in Columns)
        {
            found[(int)field] = column.FindIn(header);
        }

        return found;
    }

    /// <summary>The names of the columns that a header lacks to be of this family, and the share of those it needs.</summary>
    public (IReadOnlyList<string> Names, double Share) Lacking(FlightHeader header)
    {
        var required = Required(header).ToList();
        var names = required.Select(field => Columns[field])
            .Where(column => column.FindIn(header) is null)
            .Select(column => column.Names[0])
            .ToList();
        return (names, names.Count / (double)required.Count);
    }

    /// <summary>The names of the columns that files of this family usually have and this header has not.</summary>
    public IReadOnlyList<string> Missing(FlightHeader header) =>
        [.. Columns.Values.Where(column => column.IsUsual && column.FindIn(header) is null).Select(column => column.Names[0])];
}

/// <summary>What a family calls a field.</summary>
/// <param name="Names">The names, the one to take first; a header's compare with them by letters and digits.</param>
/// <param name="IsUsual">Whether files of the family have it as a rule, so that its absence is worth saying.</param>
internal sealed record FamilyColumn(IReadOnlyList<string> Names, bool IsUsual)
{
    public FlightColumn? FindIn(FlightHeader header)
    {
        foreach (var name in Names)
        {
            if (header.Find(name) is { } column) return column;
        }

        return null;
    }
}
