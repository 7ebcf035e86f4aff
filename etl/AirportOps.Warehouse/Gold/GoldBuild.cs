using System.Data;
using AirportOps.Reference;
using AirportOps.Warehouse.Migrations;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirportOps.Warehouse.Gold;

/// <summary>
/// Builds the star schema from staging: takes the batches since the last build, recomputes what they touch from its whole event history,
/// and notes what that changed. One transaction: killed anywhere it leaves nothing, and builds take turns. The rules are the SQL in
/// <c>warehouse-sql/build</c>.
/// </summary>
/// <param name="database">The warehouse, migrated.</param>
/// <param name="folder">Its SQL.</param>
/// <param name="reference">What airlines and airports are filled from.</param>
/// <param name="clock">Times the build for the log.</param>
/// <param name="logger">Told of each build.</param>
public sealed class GoldBuild(WarehouseDatabase database, ScriptFolder folder, ReferenceTables reference, TimeProvider clock, ILogger logger)
{
    /// <summary>Recompute everything from all that staging holds instead of what new batches touch. What comes out the same is not written.</summary>
    public bool IsFull { get; init; }

    /// <summary>Told of each step when it is done; not all of them are run when nothing is new.</summary>
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
        var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        try
        {
            // As close to Redshift's snapshots as PostgreSQL has.
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            await using var __ = transaction.ConfigureAwait(false);
            var outcome = await BuildAsync(connection, cancellationToken).ConfigureAwait(false);
            if (BeforeCommit is not null)
            {
                await BeforeCommit().ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            GoldMetrics.Count(outcome, clock.GetElapsedTime(started));
            if (outcome.BuildNumber > 0)
            {
                Log.BuiltGold(
                    logger, outcome.BuildNumber, outcome.Batches, outcome.Legs, outcome.Inserted, outcome.Changed, (long)clock.GetElapsedTime(started).TotalMilliseconds);
            }

            return outcome;
        }
        catch (NpgsqlException trouble)
        {
            throw database.Failure("could not build Gold", trouble);
        }
    }

    private async Task<GoldBuildOutcome> BuildAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var scripts = folder.Build();
        await RunAsync(connection, scripts[0], cancellationToken).ConfigureAwait(false);
        await new ReferenceDimensions(connection, folder, reference, logger).UpdateAsync(RunAsync, cancellationToken).ConfigureAwait(false);
        if (IsFull)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE build_range SET from_load = 0, is_full = TRUE", cancellationToken: cancellationToken)).ConfigureAwait(false);
        }

        var hasLoads = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT to_load > from_load FROM build_range", cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (!hasLoads)
        {
            return default;
        }

        foreach (var script in scripts.Skip(1))
        {
            var started = clock.GetTimestamp();
            await RunAsync(connection, script, cancellationToken).ConfigureAwait(false);
            var counts = StarTable.FilledBy(script) is { } table ? await SwapAsync(connection, table, cancellationToken).ConfigureAwait(false) : default;
            OnStep?.Invoke(new GoldStep(
                StarTable.StepOf(script), clock.GetElapsedTime(started), StarTable.FilledBy(script) is not null, counts.Inserted, counts.Changed, counts.Removed));
        }

        return await connection.QuerySingleAsync<GoldBuildOutcome>(new CommandDefinition(
            """
            SELECT build_number AS "BuildNumber", batches AS "Batches", legs AS "Legs", inserted AS "Inserted", changed AS "Changed"
            FROM ops.gold_build WHERE build_number = (SELECT MAX(build_number) FROM ops.gold_build)
            """,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    private async Task<(long Inserted, long Changed, long Removed)> SwapAsync(NpgsqlConnection connection, StarTable table, CancellationToken cancellationToken)
    {
        const string BuildNumber = "build_number";
        var columns = (await connection.QueryAsync<StarColumn>(new CommandDefinition(
            """
            SELECT CAST(column_name AS VARCHAR(128)) AS "Name", CAST(data_type AS VARCHAR(128)) AS "DataType"
            FROM information_schema.columns WHERE table_schema = 'gold' AND table_name = @Name ORDER BY ordinal_position
            """,
            new { table.Name },
            cancellationToken: cancellationToken)).ConfigureAwait(false)).Where(column => column.Name != table.Key).ToList();
        var swap = new TableSwap(table, [.. columns.Where(column => column.Name != BuildNumber)], columns.Exists(column => column.Name == BuildNumber));
        await RunAsync(connection, swap.ToScript(IsFull), cancellationToken).ConfigureAwait(false);

        var counts = await connection.QuerySingleAsync<(long Inserted, long Changed, long Removed)>(new CommandDefinition(
            """
            SELECT inserted, changed, removed FROM ops.gold_build_table
            WHERE table_name = @Table AND build_number = (SELECT build_number FROM build_range)
            """,
            new { Table = $"gold.{table.Name}" },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (counts.Inserted > 0)
        {
            await RefreshStatisticsAsync(connection, table, counts.Inserted, cancellationToken).ConfigureAwait(false);
        }

        return counts;
    }

    /// <summary>
    /// Later steps join tables that this very transaction filled, which no automatic ANALYZE has seen: without statistics the first build of a year
    /// picked nested loops. A tenth more rows than the last count is where it pays.
    /// </summary>
    private static async Task RefreshStatisticsAsync(NpgsqlConnection connection, StarTable table, long inserted, CancellationToken cancellationToken)
    {
        var known = await connection.ExecuteScalarAsync<float>(new CommandDefinition(
            "SELECT GREATEST(reltuples, 0) FROM pg_class WHERE oid = CAST(@Name AS REGCLASS)", new { Name = $"gold.{table.Name}" }, cancellationToken: cancellationToken))
            .ConfigureAwait(false);
        if (inserted * 10 > known)
        {
            await connection.ExecuteAsync(new CommandDefinition($"ANALYZE gold.{table.Name}", cancellationToken: cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(NpgsqlConnection connection, Script script, CancellationToken cancellationToken)
    {
        foreach (var statement in script.Statements())
        {
            if (BeforeStatement is not null)
            {
                await BeforeStatement().ConfigureAwait(false);
            }

            try
            {
                await connection.ExecuteAsync(new CommandDefinition(statement.Text, cancellationToken: cancellationToken)).ConfigureAwait(false);
            }
            catch (PostgresException failed) when (!failed.IsTransient && failed.SqlState != PostgresErrorCodes.UndefinedTable)
            {
                throw new WarehouseException($"{script.Blame(statement, failed)} Nothing was built.", false, failed);
            }
        }
    }
}
