using AirportOps.Reliability;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Migrations;

/// <summary>
/// Brings a warehouse to the version of its scripts. Each script is applied in one transaction with its journal row, wholly or not at all.
/// Runners take turns: on PostgreSQL for a run, by an advisory lock; on Redshift for a script, by a table's lock, behind which each looks
/// whether another was faster.
/// </summary>
/// <param name="warehouse">The warehouse.</param>
/// <param name="folder">Its SQL.</param>
/// <param name="clock">What the journal's times go by.</param>
/// <param name="logger">Told of each script applied.</param>
public sealed partial class MigrationRunner(IWarehouse warehouse, ScriptFolder folder, TimeProvider clock, ILogger logger)
{
    /// <summary>Whose way of migrating is used; the warehouse's own if nothing is said.</summary>
    public WarehouseEngine Engine { get; init; } = warehouse.Engine;

    /// <summary>On Redshift, how a script that is undone by a conflict with another transaction is repeated.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Applies what is pending or changed.</summary>
    /// <returns>The names of the scripts applied, in order; empty when there was nothing to do.</returns>
    /// <exception cref="MigrationException">
    /// A script fails, and nothing of it is applied; or an applied one was changed or is gone, or the database is newer, and nothing runs.
    /// </exception>
    /// <exception cref="WarehouseException">The warehouse can't be reached.</exception>
    public async Task<IReadOnlyList<string>> UpAsync(CancellationToken cancellationToken)
    {
        var scripts = folder.Migrations(Engine);
        var applied = new List<string>();
        try
        {
            var session = await warehouse.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = session.ConfigureAwait(false);
            var journal = new MigrationJournal(session);
            await LockAsync(journal, cancellationToken).ConfigureAwait(false);
            var plan = MigrationPlan.Compare(scripts, await journal.ReadAsync(cancellationToken).ConfigureAwait(false));
            MigrationPlan.Check(plan, warehouse.Location);
            var toRun = plan.Where(entry => Runs(entry.Status.State)).Select(entry => entry.Script!).ToList();
            if (toRun.Count > 0)
            {
                await journal.CreateAsync(folder.Journal(), Engine, cancellationToken).ConfigureAwait(false);
            }

            foreach (var script in toRun)
            {
                // On PostgreSQL the lock hangs on the session; on Redshift a conflict wants a new one.
                var isApplied = Engine == WarehouseEngine.Postgres
                    ? await ApplyAsync(session, script, cancellationToken).ConfigureAwait(false)
                    : await WholeTransaction.RunAsync(
                        warehouse.OpenSessionAsync, Retry, clock, own => ApplyAsync(own, script, cancellationToken), cancellationToken).ConfigureAwait(false);
                if (isApplied)
                {
                    applied.Add(script.Name);
                }
            }
        }
        catch (StatementException trouble)
        {
            throw trouble.As("failed during a migration");
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
        MigrationPlan.Check(plan, warehouse.Location);
        return [.. plan.Where(entry => Runs(entry.Status.State)).Select(entry => new PlannedScript(entry.Script!.Name, entry.Script.Statements(Engine)))];
    }

    /// <summary>What bringing up an empty warehouse on an engine would run, its journal first. Asks no server.</summary>
    public static IReadOnlyList<PlannedScript> PlanFromEmpty(ScriptFolder folder, WarehouseEngine engine) =>
        [.. folder.Migrations(engine).Prepend(folder.Journal()).Select(script => new PlannedScript(script.Name, script.Statements(engine)))];

    private static bool Runs(ScriptState state) => state is ScriptState.Pending or ScriptState.Changed;

    private async Task<IReadOnlyList<(Script? Script, ScriptStatus Status)>> CompareAsync(CancellationToken cancellationToken)
    {
        try
        {
            var session = await warehouse.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = session.ConfigureAwait(false);
            return MigrationPlan.Compare(folder.Migrations(Engine), await new MigrationJournal(session).ReadAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (StatementException trouble)
        {
            throw trouble.As("could not be asked for its version");
        }
    }

    private Task LockAsync(MigrationJournal journal, CancellationToken cancellationToken) =>
        Engine == WarehouseEngine.Postgres ? journal.LockAsync(cancellationToken) : Task.CompletedTask;

    /// <returns>Whether it was applied; not if another runner was faster.</returns>
    private async Task<bool> ApplyAsync(IWarehouseSession session, Script script, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var journal = new MigrationJournal(session);
        var statements = script.Statements(Engine);
        if (script.RunsOutsideTransaction)
        {
            await ExecuteAsync(session, script, statements, cancellationToken).ConfigureAwait(false);
        }

        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        if (Engine == WarehouseEngine.Redshift)
        {
            await journal.LockTableAsync(cancellationToken).ConfigureAwait(false);
            if (await journal.HasAsync(script, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        if (!script.RunsOutsideTransaction)
        {
            await ExecuteAsync(session, script, statements, cancellationToken).ConfigureAwait(false);
        }

        var duration = clock.GetElapsedTime(started);
        await journal.WriteAsync(script, statements.Count, clock.GetUtcNow(), duration, cancellationToken).ConfigureAwait(false);
        await session.CommitAsync(MigrationJournal.Settled(script), cancellationToken).ConfigureAwait(false);
        Log.AppliedScript(logger, script.Name, statements.Count, (long)duration.TotalMilliseconds);
        return true;
    }

    private static async Task ExecuteAsync(IWarehouseSession session, Script script, IReadOnlyList<SqlStatement> statements, CancellationToken cancellationToken)
    {
        try
        {
            if (script.RunsOutsideTransaction)
            {
                await session.ExecuteAsync(statements[0].Text, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await session.ExecuteAllAsync([.. statements.Select(statement => statement.Text)], cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StatementException failed) when (failed is { Fault: Fault.Operator, Refusal: not null })
        {
            var statement = statements[failed.Refusal!.StatementIndex];
            throw new MigrationException(
                $"{script.Blame(statement, failed)} Nothing of this script was applied; mend it and migrate again.", failed.Fault, failed)
            { Script = script.Name, Line = statement.LineOf(failed.Refusal.Position) };
        }
    }
}
