using AirportOps.Reference;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirportOps.Warehouse.Gold;

/// <summary>
/// Builds the star schema from staging: takes the batches since the last build, recomputes what they touch from its whole event history,
/// and notes what that changed. One transaction: killed anywhere it leaves nothing, and builds take turns. The rules are the SQL in
/// <c>warehouse-sql/build</c>.
/// </summary>
/// <param name="warehouse">The warehouse, migrated.</param>
/// <param name="folder">Its SQL.</param>
/// <param name="reference">What airlines and airports are filled from.</param>
/// <param name="clock">Times the build for the log.</param>
/// <param name="logger">Told of each build.</param>
public sealed class GoldBuild(IWarehouse warehouse, ScriptFolder folder, ReferenceTables reference, TimeProvider clock, ILogger logger)
{
    /// <summary>Recompute everything from all that staging holds instead of what new batches touch. What comes out the same is not written.</summary>
    public bool IsFull { get; init; }

    /// <summary>How a build that is undone by a conflict with another transaction is repeated.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>
    /// Told of each step when it is done; not all of them are run when nothing is new, and all again when a conflict undid the build.
    /// </summary>
    public Action<GoldStep>? OnStep { get; init; }

    /// <summary>For tests of a crash: called when all is done but the commit.</summary>
    internal Func<Task>? BeforeCommit { get; init; }

    /// <summary>For tests of a crash: called before each statement of a script.</summary>
    internal Func<Task>? BeforeStatement { get; init; }

    /// <summary>Builds what has been loaded since the last build.</summary>
    /// <exception cref="WarehouseException">The warehouse refuses or can't be reached; nothing was built.</exception>
    public async Task<GoldBuildOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            var outcome = await WholeTransaction.RunAsync(
                warehouse.OpenSessionAsync, Retry, clock, session => BuildAsync(session, cancellationToken), cancellationToken).ConfigureAwait(false);
            GoldMetrics.Count(outcome, clock.GetElapsedTime(started));
            if (outcome.BuildNumber > 0)
            {
                Log.BuiltGold(
                    logger, outcome.BuildNumber, outcome.Batches, outcome.Legs, outcome.Inserted, outcome.Changed, (long)clock.GetElapsedTime(started).TotalMilliseconds);
            }

            return outcome;
        }
        catch (StatementException trouble)
        {
            throw trouble.As("could not build Gold");
        }
    }

    private async Task<GoldBuildOutcome> BuildAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await BuildAllAsync(session, cancellationToken).ConfigureAwait(false);
        if (BeforeCommit is not null)
        {
            await BeforeCommit().ConfigureAwait(false);
        }

        // Without a build there may still be new reference rows.
        await session.CommitAsync(
            outcome.BuildNumber > 0
                ? $"SELECT 1 FROM ops.gold_build WHERE build_number = {SqlText.Literal(outcome.BuildNumber, warehouse.Engine)}"
                : ReferenceDimensions.Settled(reference),
            cancellationToken).ConfigureAwait(false);
        return outcome;
    }

    private async Task<GoldBuildOutcome> BuildAllAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var scripts = folder.Build();
        await RunAsync(session, scripts[0], cancellationToken).ConfigureAwait(false);
        await new ReferenceDimensions(session, folder, reference, logger).UpdateAsync(RunAsync, cancellationToken).ConfigureAwait(false);
        if (IsFull)
        {
            await session.ExecuteAsync("UPDATE build_range SET from_load = 0, is_full = TRUE", cancellationToken).ConfigureAwait(false);
        }

        var range = await session.QueryAsync("SELECT from_load, to_load FROM build_range", cancellationToken).ConfigureAwait(false);
        if (ResultText.Number(range[0][1]) <= ResultText.Number(range[0][0]))
        {
            return default;
        }

        foreach (var script in scripts.Skip(1))
        {
            var started = clock.GetTimestamp();
            await RunAsync(session, script, cancellationToken).ConfigureAwait(false);
            var counts = StarTable.FilledBy(script) is { } table ? await SwapAsync(session, table, cancellationToken).ConfigureAwait(false) : default;
            OnStep?.Invoke(new GoldStep(
                StarTable.StepOf(script), clock.GetElapsedTime(started), StarTable.FilledBy(script) is not null, counts.Inserted, counts.Changed, counts.Removed));
        }

        var build = await session.QueryAsync(
            """
            SELECT build_number, batches, legs, inserted, changed
            FROM ops.gold_build WHERE build_number = (SELECT MAX(build_number) FROM ops.gold_build)
            """,
            cancellationToken).ConfigureAwait(false);
        return build[0].Select(ResultText.Number).ToList() is [var number, var batches, var legs, var inserted, var changed]
            ? new GoldBuildOutcome(number, batches, legs, inserted, changed)
            : throw new InvalidOperationException("The books of a build have five numbers.");
    }

    private async Task<(long Inserted, long Changed, long Removed)> SwapAsync(IWarehouseSession session, StarTable table, CancellationToken cancellationToken)
    {
        const string BuildNumber = "build_number";
        var columns = (await session.QueryAsync(
            "SELECT CAST(column_name AS VARCHAR(128)), CAST(data_type AS VARCHAR(128)) FROM information_schema.columns "
            + $"WHERE table_schema = 'gold' AND table_name = {SqlText.Quote(table.Name)} ORDER BY ordinal_position",
            cancellationToken).ConfigureAwait(false))
            .Select(row => new StarColumn(row[0]!, row[1]!)).Where(column => column.Name != table.Key).ToList();
        var swap = new TableSwap(table, [.. columns.Where(column => column.Name != BuildNumber)], columns.Exists(column => column.Name == BuildNumber));
        await RunAsync(session, swap.ToScript(IsFull), cancellationToken).ConfigureAwait(false);

        var counts = await session.QueryAsync(
            $"SELECT inserted, changed, removed FROM ops.gold_build_table WHERE table_name = {SqlText.Quote($"gold.{table.Name}")} "
            + "AND build_number = (SELECT build_number FROM build_range)",
            cancellationToken).ConfigureAwait(false);
        var (inserted, changed, removed) = (ResultText.Number(counts[0][0]), ResultText.Number(counts[0][1]), ResultText.Number(counts[0][2]));
        if (inserted > 0 && warehouse.Engine == WarehouseEngine.Postgres)
        {
            await RefreshStatisticsAsync(session, table, inserted, cancellationToken).ConfigureAwait(false);
        }

        return (inserted, changed, removed);
    }

    /// <summary>
    /// Later steps join tables that this very transaction filled, which no automatic ANALYZE has seen: without statistics the first build of a year
    /// picked nested loops. A tenth more rows than the last count is where it pays.
    /// </summary>
    private static async Task RefreshStatisticsAsync(IWarehouseSession session, StarTable table, long inserted, CancellationToken cancellationToken)
    {
        var known = await session.QueryAsync(
            $"SELECT CAST(GREATEST(reltuples, 0) AS BIGINT) FROM pg_class WHERE oid = CAST({SqlText.Quote($"gold.{table.Name}")} AS REGCLASS)", cancellationToken)
            .ConfigureAwait(false);
        if (inserted * 10 > ResultText.Number(known[0][0]))
        {
            await session.ExecuteAsync($"ANALYZE gold.{table.Name}", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(IWarehouseSession session, Script script, CancellationToken cancellationToken)
    {
        var statements = script.Statements(warehouse.Engine);
        try
        {
            if (BeforeStatement is null)
            {
                await session.ExecuteAllAsync([.. statements.Select(statement => statement.Text)], cancellationToken).ConfigureAwait(false);
                return;
            }

            foreach (var statement in statements)
            {
                await BeforeStatement().ConfigureAwait(false);
                await session.ExecuteAsync(statement.Text, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StatementException failed) when (failed is { IsRefusal: true, IsTransient: false, MayRepeat: false } && failed.SqlState != PostgresErrorCodes.UndefinedTable)
        {
            throw new WarehouseException($"{script.Blame(statements[failed.StatementIndex], failed)} Nothing was built.", false, failed);
        }
    }
}
