using AirportOps.Reference;
using AirportOps.Reliability;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Gold;

/// <summary>
/// Builds the star schema from staging: takes the batches since the last build, recomputes what they touch from its whole event history,
/// and notes what that changed. A build is one transaction: killed anywhere it leaves nothing, and builds take turns. A backlog takes several, the
/// oldest loads first, so that each stays small. The rules are the SQL in <c>warehouse-sql/build</c>. When a step fails of its data, the keys that make it
/// fail are found by building parts, set aside with their events, and the rest is built.
/// </summary>
/// <param name="warehouse">The warehouse, migrated.</param>
/// <param name="folder">Its SQL.</param>
/// <param name="reference">What airlines and airports are filled from.</param>
/// <param name="clock">Times the build for the log.</param>
/// <param name="logger">Told of each build.</param>
public sealed class GoldBuild(IWarehouse warehouse, ScriptFolder folder, ReferenceTables reference, TimeProvider clock, ILogger logger)
{
    /// <summary>More keys than this fail of the program or the schema, not of their data: the build fails.</summary>
    internal const int MaxKeysSetAside = 100;

    /// <summary>Recompute everything from all that staging holds instead of what new batches touch. What comes out the same is not written.</summary>
    public bool IsFull { get; init; }

    /// <summary>Take up again what earlier builds set aside instead of what is new.</summary>
    public bool IsRetry { get; init; }

    /// <summary>How a build that is undone by a conflict with another transaction is repeated.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>
    /// Told of each step when it is done; not all of them are run when nothing is new, and all again when a conflict undid the build or keys were set aside.
    /// </summary>
    public Action<GoldStep>? OnStep { get; init; }

    /// <summary>For tests of a crash: called when all is done but the commit.</summary>
    internal Func<Task>? BeforeCommit { get; init; }

    /// <summary>For tests of a crash: called before each statement of a script.</summary>
    internal Func<Task>? BeforeStatement { get; init; }

    private BuildSettings Settings => new(warehouse.Engine, folder, reference, clock, logger)
    {
        IsFull = IsFull,
        IsRetry = IsRetry,
        OnStep = OnStep,
        BeforeStatement = BeforeStatement,
    };

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
            var (outcome, isLast) = await BuildAsync(cancellationToken).ConfigureAwait(false);
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

    private async Task<(GoldBuildOutcome Outcome, bool IsLast)> BuildAsync(CancellationToken cancellationToken)
    {
        BuildAttempt? attempt = null;
        try
        {
            return await CommitAsync(new BuildSelection(), made => attempt = made, cancellationToken).ConfigureAwait(false);
        }
        catch (StepFailureException failed) when (attempt?.Range is not null)
        {
            return await new FailureIsolation(
                range => selection => TryAsync(selection with { Range = range }, cancellationToken),
                selection => CommitAsync(selection, _ => { }, cancellationToken),
                logger).RunAsync(attempt.Range, failed).ConfigureAwait(false);
        }
    }

    /// <summary>Builds and commits.</summary>
    /// <exception cref="StepFailureException">A step fails of its data; nothing is built.</exception>
    private Task<(GoldBuildOutcome Outcome, bool IsLast)> CommitAsync(BuildSelection selection, Action<BuildAttempt> onMade, CancellationToken cancellationToken) =>
        WholeTransaction.RunAsync(
            warehouse.OpenSessionAsync,
            Retry,
            clock,
            async session =>
            {
                await session.BeginAsync(cancellationToken).ConfigureAwait(false);
                var attempt = new BuildAttempt(session, Settings, selection);
                onMade(attempt);
                var (outcome, isLast) = await attempt.RunAsync(cancellationToken).ConfigureAwait(false);
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
            },
            cancellationToken);

    /// <summary>Builds a part and undoes it. A transaction of its own, for Redshift has no savepoints.</summary>
    private Task<(BuildAttempt Attempt, StepFailureException? Failure)> TryAsync(BuildSelection selection, CancellationToken cancellationToken) =>
        WholeTransaction.RunAsync(
            warehouse.OpenSessionAsync,
            Retry,
            clock,
            async session =>
            {
                await session.BeginAsync(cancellationToken).ConfigureAwait(false);
                var attempt = new BuildAttempt(session, Settings with { OnStep = null }, selection);
                try
                {
                    await attempt.RunAsync(cancellationToken).ConfigureAwait(false);
                    return (attempt, (StepFailureException?)null);
                }
                catch (StepFailureException failed)
                {
                    return (attempt, failed);
                }
            },
            cancellationToken);
}
