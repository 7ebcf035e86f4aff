namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>
/// Queries that give a star schema's rows in a form that is the same for warehouses of equal content: keys, given out in the order of arrival, are spelt
/// as what they stand for.
/// </summary>
internal static class StarQueries
{
    /// <summary>Gives table and column, in the order of the tables and their columns.</summary>
    internal const string Columns =
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'gold' AND column_name <> 'build_number' ORDER BY 1, ordinal_position";

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

    /// <summary>The query for all rows of a table.</summary>
    internal static string Of(string table, IEnumerable<string> columns)
    {
        var values = columns.Where(column => !Naturals.Contains((column, table, Naturals.FirstOrDefault(one => one.Key == column).Natural))).Select(Spelled);
        return $"SELECT {string.Join(", ", values)} FROM gold.{table} t";
    }

    private static string Spelled(string column)
    {
        var natural = Naturals.FirstOrDefault(one => column.EndsWith(one.Key, StringComparison.Ordinal));
        return natural.Key is null ? $"t.{column}" : $"(SELECT {natural.Natural} FROM gold.{natural.Table} k WHERE k.{natural.Key} = t.{column}) AS {column}";
    }
}
