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
    /// <summary>For tests of a crash: called when all is done but the commit.</summary>
    internal Func<Task>? BeforeCommit { get; init; }

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

        var hasNewLoads = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT to_load > from_load FROM build_range", cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (!hasNewLoads)
        {
            return default;
        }

        foreach (var script in scripts.Skip(1))
        {
            await RunAsync(connection, script, cancellationToken).ConfigureAwait(false);
        }

        return await connection.QuerySingleAsync<GoldBuildOutcome>(new CommandDefinition(
            """
            SELECT build_number AS "BuildNumber", batches AS "Batches", legs AS "Legs", inserted AS "Inserted", changed AS "Changed"
            FROM ops.gold_build WHERE to_load = (SELECT MAX(to_load) FROM ops.gold_build)
            """,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    private static async Task RunAsync(NpgsqlConnection connection, Script script, CancellationToken cancellationToken)
    {
        foreach (var statement in script.Statements())
        {
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
