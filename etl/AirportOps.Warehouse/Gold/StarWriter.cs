using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;

namespace AirportOps.Warehouse.Gold;

/// <summary>Rows of a table that a build inserts, changes and removes.</summary>
internal readonly record struct SwapCounts(long Inserted, long Changed, long Removed);

/// <summary>Writes the tables of the star schema in a build's session, and keeps the books of it. For one build.</summary>
internal sealed class StarWriter
{
    private const string BuildNumber = "build_number";

    private readonly IWarehouseSession _session;
    private readonly Func<Script, CancellationToken, Task> _run;
    private readonly ILookup<string, StarColumn> _columns;
    private readonly Dictionary<string, long>? _rowsAnalyzed;
    private readonly List<(StarTable, SwapCounts)> _swaps = [];

    private StarWriter(
        IWarehouseSession session,
        Func<Script, CancellationToken, Task> run,
        ILookup<string, StarColumn> columns,
        Dictionary<string, long>? rowsAnalyzed) =>
        (_session, _run, _columns, _rowsAnalyzed) = (session, run, columns, rowsAnalyzed);

    /// <summary>Reads what the catalogue says of the tables, once for all of them.</summary>
    /// <param name="session">In its transaction.</param>
    /// <param name="engine">What runs it.</param>
    /// <param name="run">Runs a script in the session.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal static async Task<StarWriter> OpenAsync(
        IWarehouseSession session, WarehouseEngine engine, Func<Script, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var columns = await session.QueryAsync(
            """
            SELECT CAST(table_name AS VARCHAR(128)), CAST(column_name AS VARCHAR(128)), CAST(data_type AS VARCHAR(128))
            FROM information_schema.columns WHERE table_schema = 'gold' ORDER BY table_name, ordinal_position
            """,
            cancellationToken).ConfigureAwait(false);
        var analyzed = engine != WarehouseEngine.Postgres ? null : await session.QueryAsync(
            """
            SELECT relname, CAST(GREATEST(reltuples, 0) AS BIGINT)
            FROM pg_class WHERE relnamespace = CAST('gold' AS REGNAMESPACE) AND relkind = 'r'
            """,
            cancellationToken).ConfigureAwait(false);
        return new StarWriter(
            session,
            run,
            columns.ToLookup(row => row[0]!, row => new StarColumn(row[1]!, row[2]!), StringComparer.Ordinal),
            analyzed?.ToDictionary(row => row[0]!, row => ResultText.Number(row[1]), StringComparer.Ordinal));
    }

    /// <summary>Swaps a table's touched rows for the new ones.</summary>
    internal async Task<SwapCounts> SwapAsync(StarTable table, bool isFull, CancellationToken cancellationToken)
    {
        var columns = _columns[table.Name].Where(column => column.Name != table.Key).ToList();
        var hasBuildNumber = columns.RemoveAll(column => column.Name == BuildNumber) > 0;
        var swap = new TableSwap(table, columns, hasBuildNumber);
        await _run(swap.Compare(isFull), cancellationToken).ConfigureAwait(false);
        var row = (await _session.QueryAsync(swap.Counts, cancellationToken).ConfigureAwait(false))[0];
        var counts = new SwapCounts(ResultText.Number(row[0]), ResultText.Number(row[1]), ResultText.Number(row[2]));
        if (counts != default)
        {
            await _run(swap.Write(counts), cancellationToken).ConfigureAwait(false);
            await RefreshStatisticsAsync(table, counts.Inserted, cancellationToken).ConfigureAwait(false);
        }

        _swaps.Add((table, counts));
        return counts;
    }

    /// <summary>Notes all swaps so far.</summary>
    internal Task RecordAsync(CancellationToken cancellationToken) => _session.ExecuteAsync(TableSwap.Record(_swaps), cancellationToken);

    /// <summary>
    /// Later steps join tables that this very transaction filled, which no automatic ANALYZE has seen: without statistics the first build of a year
    /// picked nested loops. A tenth more rows than the last count is where it pays.
    /// </summary>
    private async Task RefreshStatisticsAsync(StarTable table, long inserted, CancellationToken cancellationToken)
    {
        if (_rowsAnalyzed is not null && inserted * 10 > _rowsAnalyzed[table.Name])
        {
            await _session.ExecuteAsync($"ANALYZE gold.{table.Name}", cancellationToken).ConfigureAwait(false);
        }
    }
}
