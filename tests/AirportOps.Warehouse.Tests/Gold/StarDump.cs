namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>All rows of every dimension and fact as sorted lines; see <see cref="StarQueries"/>.</summary>
internal static class StarDump
{
    /// <summary>Reads the star; lines start with their table's name.</summary>
    internal static async Task<List<string>> ReadAsync(WarehouseDatabase database)
    {
        var columns = await database.RowsAsync(StarQueries.Columns);
        var lines = new List<string>();
        foreach (var table in columns.Select(column => column.Split('|')).GroupBy(column => column[0], column => column[1]))
        {
            lines.AddRange((await database.RowsAsync(StarQueries.Of(table.Key, table))).Select(row => $"{table.Key}: {row}"));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
