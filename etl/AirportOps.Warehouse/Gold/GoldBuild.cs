using AirportOps.Reference;
using AirportOps.Reliability;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirportOps.Warehouse.Gold;

/// <summary>
/// Builds the star schema from staging: takes the batches since the last build, recomputes what they touch from its whole event history,
/// and notes what that changed. A build is one transaction: killed anywhere it leaves nothing, and builds take turns. A backlog takes several, the
/// oldest loads first, so that each stays small. The rules are the SQL in <c>warehouse-sql/build</c>.
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
    public RetryOptions Retry { get; init; } = new();

    /// <summary>
    /// Told of each step when it is done; not all of them are run when nothing is new, and all again when a conflict undid the build.
    /// </summary>
    public Action<GoldStep>? OnStep { get; init; }

    /// <summary>For tests of a crash: called when all is done but the commit.</summary>
    internal Func<Task>? BeforeCommit { get; init; }

    /// <summary>For tests of a crash: called before each statement of a script.</summary>
    internal Func<Task>? BeforeStatement { get; init; }

    /// <summary>Builds what has been loaded since the last build.</summary>
    /// <returns>What all its builds did, and the number of the last one.</returns>
    /// <exception cref="WarehouseException">The warehouse refuses or can't be reached; the builds before that stay, of this one nothing.</exception>
    public async Task<GoldBuildOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var total = default(GoldBuildOutcome);
        while (true)
        {
            var (outcome, isLast) = await RunOneAsync(cancellationToken).ConfigureAwait(false);
            total = total.Then(outcome);
            if (isLast)
            {
                return total;
            }
        }
    }

    private async Task<(GoldBuildOutcome Outcome, bool IsLast)> RunOneAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            var (outcome, isLast) = await WholeTransaction.RunAsync(
                warehouse.OpenSessionAsync, Retry, clock, session => BuildAsync(session, cancellationToken), cancellationToken).ConfigureAwait(false);
            GoldMetrics.Count(outcome, clock.GetElapsedTime(started));
            if (outcome.BuildNumber > 0)
            {
                Log.BuiltGold(
                    logger, outcome.BuildNumber, outcome.Batches, outcome.Legs, outcome.Inserted, outcome.Changed, (long)clock.GetElapsedTime(started).TotalMilliseconds);
            }

            return (outcome, isLast);
        }
        catch (StatementException trouble)
        {
            throw trouble.As("could not build Gold");
        }
    }

    private async Task<(GoldBuildOutcome Outcome, bool IsLast)> BuildAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        var (outcome, isLast) = await BuildAllAsync(session, cancellationToken).ConfigureAwait(false);
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
        return (outcome, isLast);
    }

    private async Task<(GoldBuildOutcome Outcome, bool IsLast)> BuildAllAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var scripts = folder.Build();
        await RunAsync(session, scripts[0], cancellationToken).ConfigureAwait(false);
        await new ReferenceDimensions(session, folder, reference, logger).UpdateAsync(RunAsync, cancellationToken).ConfigureAwait(false);
        if (IsFull)
        {
            await session.ExecuteAsync("UPDATE build_range SET from_load = 0, to_load = newest_load, is_full = TRUE", cancellationToken).ConfigureAwait(false);
        }

        var range = (await session.QueryAsync("SELECT from_load, to_load, newest_load, build_number FROM build_range", cancellationToken).ConfigureAwait(false))[0];
        var (from, to, newest) = (ResultText.Number(range[0]), ResultText.Number(range[1]), ResultText.Number(range[2]));
        if (to <= from)
        {
            return (default, true);
        }

        var star = await StarWriter.OpenAsync(session, warehouse.Engine, (script, token) => RunAsync(session, script, token), cancellationToken)
            .ConfigureAwait(false);
        foreach (var script in scripts.Skip(1))
        {
            var started = clock.GetTimestamp();
            if (script == scripts[^1])
            {
                await star.RecordAsync(cancellationToken).ConfigureAwait(false);
            }

            await RunAsync(session, script, cancellationToken).ConfigureAwait(false);
            var counts = StarTable.FilledBy(script) is { } table ? await star.SwapAsync(table, IsFull, cancellationToken).ConfigureAwait(false) : default;
            OnStep?.Invoke(new GoldStep(
                ResultText.Number(range[3]), StarTable.StepOf(script), clock.GetElapsedTime(started), StarTable.FilledBy(script) is not null, counts.Inserted, counts.Changed, counts.Removed));
        }

        var build = await session.QueryAsync(
            $"""
            SELECT build_number, batches, legs, inserted, changed FROM ops.gold_build
            WHERE to_load = {SqlText.Literal(to, warehouse.Engine)} AND build_number = {range[3]}
            """,
            cancellationToken).ConfigureAwait(false);
        return build[0].Select(ResultText.Number).ToList() is [var number, var batches, var legs, var inserted, var changed]
            ? (new GoldBuildOutcome(number, batches, legs, inserted, changed), to == newest)
            : throw new InvalidOperationException("The books of a build have five numbers.");
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
        catch (StatementException failed) when (failed is { Fault: Fault.Operator, Refusal: { SqlState: not PostgresErrorCodes.UndefinedTable } refusal })
        {
            throw new WarehouseException($"{script.Blame(statements[refusal.StatementIndex], failed)} Nothing was built.", Fault.Operator, failed);
        }
    }
}
