namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>All rows of every dimension and fact as sorted lines. Keys, given out in the order of arrival, are spelt as what they stand for.</summary>
internal static class StarDump
{
    /// <summary>What a key stands for; a column whose name ends like one of these holds such a key.</summary>
    private static readonly (string Key, string Table, string Natural)[] Naturals =
    [
        ("flight_status_key", "fact_flight_status", "event_id"),
        ("flight_key", "fact_flight", "airline || flight_number || COALESCE(flight_suffix, '') || ' ' || flight_date || ' ' || origin"),
        ("turnaround_key", "fact_turnaround", "tail_number || ' ' || on_block || ' ' || off_block"),
        ("continuity_break_key", "fact_continuity_break", "tail_number || ' ' || off_block"),
        ("bag_key", "fact_baggage", "bag_tag"),
        ("security_wait_key", "fact_security_wait", "event_id"),
        ("ground_service_key", "fact_ground_service", "COALESCE(start_event_id, end_event_id)"),
        ("aircraft_key", "dim_aircraft", "tail_number || ' ' || valid_from"),
        ("checkpoint_key", "dim_checkpoint", "airport || ' ' || checkpoint"),
        ("airline_key", "dim_airline", "airline"),
        ("airport_key", "dim_airport", "airport"),
        ("route_key", "dim_route", "origin || destination"),
    ];

    /// <summary>Reads the star; lines start with their table's name.</summary>
    internal static async Task<List<string>> ReadAsync(WarehouseDatabase database)
    {
        var columns = await database.RowsAsync(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'gold' AND column_name <> 'build_number' ORDER BY 1, ordinal_position");
        var lines = new List<string>();
        foreach (var table in columns.Select(column => column.Split('|')).GroupBy(column => column[0], column => column[1]))
        {
            var values = table.Where(column => !Naturals.Contains((column, table.Key, Naturals.FirstOrDefault(one => one.Key == column).Natural))).Select(Spelled);
            lines.AddRange((await database.RowsAsync($"SELECT {string.Join(", ", values)} FROM gold.{table.Key} t")).Select(row => $"{table.Key}: {row}"));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Spelled(string column)
    {
        var natural = Naturals.FirstOrDefault(one => column.EndsWith(one.Key, StringComparison.Ordinal));
        return natural.Key is null ? $"t.{column}" : $"(SELECT {natural.Natural} FROM gold.{natural.Table} k WHERE k.{natural.Key} = t.{column})";
    }
}
