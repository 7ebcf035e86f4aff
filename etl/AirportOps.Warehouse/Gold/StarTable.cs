using AirportOps.Warehouse.Migrations;

namespace AirportOps.Warehouse.Gold;

/// <summary>
/// A table of the star schema that builds keep up to date. The script named after it leaves two temporary tables: <c>new_TABLE</c>, the touched
/// rows as they are to be, whose key is 0 where the table has no such row; and <c>old_TABLE</c>, the keys of the rows that they replace.
/// </summary>
/// <param name="Name">Name in schema <c>gold</c>.</param>
/// <param name="Key">Its surrogate key.</param>
/// <param name="RowKey">What <c>ops.restatement</c> calls a row: an expression over its columns, <c>{0}</c> standing for the table's alias.</param>
/// <param name="Unrestated">Columns besides keys whose change is bookkeeping, no changed figure.</param>
internal sealed record StarTable(string Name, string Key, string RowKey, params IReadOnlyList<string> Unrestated)
{
    private const string Flight = "{0}.airline || CAST({0}.flight_number AS VARCHAR(11)) || COALESCE({0}.flight_suffix, '') || ' ' || CAST({0}.flight_date AS VARCHAR(10))";

    /// <summary>All of them, by name.</summary>
    internal static IReadOnlyList<StarTable> All { get; } =
    [
        new("dim_aircraft", "aircraft_key", "{0}.tail_number || ' ' || CAST({0}.valid_from AS VARCHAR(32))"),
        new("dim_checkpoint", "checkpoint_key", "{0}.airport || ' ' || {0}.checkpoint", "terminal_told_at"),
        new("fact_baggage", "bag_key", $"{{0}}.bag_tag || ' ' || COALESCE({Flight}, CAST({{0}}.first_scan AS VARCHAR(32)))"),
        new("fact_continuity_break", "continuity_break_key", "{0}.tail_number || ' ' || {0}.departed_airport || ' ' || CAST({0}.off_block AS VARCHAR(32))"),
        new("fact_flight", "flight_key", $"{Flight} || ' ' || {{0}}.origin", "first_event_time", "last_event_time", "event_count"),
        new("fact_flight_status", "flight_status_key", "{0}.event_id"),
        new(
            "fact_ground_service",
            "ground_service_key",
            $"{{0}}.airport || ' ' || {{0}}.service || ' ' || COALESCE({Flight}, {{0}}.tail_number, {{0}}.gate, '') || ' ' || CAST(COALESCE({{0}}.started, {{0}}.ended) AS VARCHAR(32))"),
        new("fact_security_wait", "security_wait_key", "{0}.event_id"),
        new("fact_turnaround", "turnaround_key", "{0}.tail_number || ' ' || {0}.airport || ' ' || CAST({0}.on_block AS VARCHAR(32))"),
    ];

    /// <summary>The table that a script of a build fills, <c>06_fact_flight.sql</c> for instance; null when it fills none.</summary>
    internal static StarTable? FilledBy(Script script) => All.FirstOrDefault(table => StepOf(script) == table.Name);

    /// <summary>A script's name without its number and ending.</summary>
    internal static string StepOf(Script script) => Path.GetFileNameWithoutExtension(script.Name)[3..];
}
