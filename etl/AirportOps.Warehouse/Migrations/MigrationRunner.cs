using AirportOps.Warehouse.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirportOps.Warehouse.Migrations;

/// <summary>
/// Brings a warehouse to the version of its scripts. Runners take turns by an advisory lock; each script is applied in one transaction
/// with its journal row, wholly or not at all.
/// </summary>
/// <param name="database">The warehouse.</param>
/// <param name="folder">Its SQL.</param>
/// <param name="clock">What the journal's times go by.</param>
/// <param name="logger">Told of each script applied.</param>
public sealed class MigrationRunner(WarehouseDatabase database, ScriptFolder folder, TimeProvider clock, ILogger logger)
{
    /// <summary>Applies what is pending or changed.</summary>
    /// <returns>The names of the scripts applied, in order; empty when there was nothing to do.</returns>
    /// <exception cref="MigrationException">
    /// A script fails, and nothing of it is applied; or an applied one was changed or is gone, or the database is newer, and nothing runs.
    /// </exception>
    /// <exception cref="WarehouseException">The warehouse can't be reached.</exception>
    public async Task<IReadOnlyList<string>> UpAsync(CancellationToken cancellationToken)
    {
        var scripts = folder.Migrations();
        var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var journal = new MigrationJournal(connection);
        var applied = new List<string>();
        try
        {
            await journal.LockAsync(cancellationToken).ConfigureAwait(false);
            var plan = MigrationPlan.Compare(scripts, await journal.ReadAsync(cancellationToken).ConfigureAwait(false));
            MigrationPlan.Check(plan, database.Location);
            var toRun = plan.Where(entry => Runs(entry.Status.State)).Select(entry => entry.Script!).ToList();
            if (toRun.Count > 0)
            {
                await journal.CreateAsync(folder.Journal(), cancellationToken).ConfigureAwait(false);
            }

            foreach (var script in toRun)
            {
                await ApplyAsync(connection, journal, script, cancellationToken).ConfigureAwait(false);
                applied.Add(script.Name);
            }
        }
        catch (NpgsqlException trouble)
        {
            throw database.Failure("failed during a migration", trouble);
        }

        return applied;
    }

    /// <summary>Where every script stands. Changes nothing.</summary>
    public async Task<IReadOnlyList<ScriptStatus>> StatusAsync(CancellationToken cancellationToken) =>
        [.. (await CompareAsync(cancellationToken).ConfigureAwait(false)).Select(entry => entry.Status)];

    /// <summary>What <see cref="UpAsync"/> would run. Changes nothing.</summary>
    /// <exception cref="MigrationException">It would run nothing, because a script stands where it must not.</exception>
    public async Task<IReadOnlyList<PlannedScript>> PlanAsync(CancellationToken cancellationToken)
    {
        var plan = await CompareAsync(cancellationToken).ConfigureAwait(false);
        MigrationPlan.Check(plan, database.Location);
        return [.. plan.Where(entry => Runs(entry.Status.State)).Select(entry => new PlannedScript(entry.Script!.Name, entry.Script.Statements()))];
    }

    private static bool Runs(ScriptState state) => state is ScriptState.Pending or ScriptState.Changed;

    private async Task<IReadOnlyList<(Script? Script, ScriptStatus Status)>> CompareAsync(CancellationToken cancellationToken)
    {
        var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        try
        {
            return MigrationPlan.Compare(
                folder.Migrations(), await new MigrationJournal(connection).ReadAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (NpgsqlException trouble)
        {
            throw database.Failure("could not be asked for its version", trouble);
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, MigrationJournal journal, Script script, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var statements = script.Statements();
        if (script.RunsOutsideTransaction)
        {
            await ExecuteAsync(connection, null, script, statements[0], cancellationToken).ConfigureAwait(false);
        }

        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        foreach (var statement in script.RunsOutsideTransaction ? [] : statements)
        {
            await ExecuteAsync(connection, transaction, script, statement, cancellationToken).ConfigureAwait(false);
        }

        var duration = clock.GetElapsedTime(started);
        await journal.WriteAsync(script, statements.Count, clock.GetUtcNow(), duration, transaction, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        Log.AppliedScript(logger, script.Name, statements.Count, (long)duration.TotalMilliseconds);
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        Script script,
        SqlStatement statement,
        CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(statement.Text, connection, transaction);
        await using var _ = command.ConfigureAwait(false);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException failed)
        {
            throw new MigrationException(
                $"{script.Blame(statement, failed)} Nothing of this script was applied; mend it and migrate again.", failed.IsTransient, failed)
            { Script = script.Name, Line = statement.LineOf(failed.Position) };
        }
    }
}
