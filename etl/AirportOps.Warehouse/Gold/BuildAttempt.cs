using AirportOps.Reference;
using AirportOps.Reliability;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirportOps.Warehouse.Gold;

/// <summary>How builds are made, whatever they take.</summary>
internal sealed record BuildSettings(WarehouseEngine Engine, ScriptFolder Folder, ReferenceTables Reference, TimeProvider Clock, ILogger Logger)
{
    internal bool IsFull { get; init; }

    internal bool IsRetry { get; init; }

    internal Action<GoldStep>? OnStep { get; init; }

    internal Func<Task>? BeforeStatement { get; init; }
}

/// <summary>One run of a build's steps in a session's transaction, which it neither begins nor ends.</summary>
internal sealed class BuildAttempt(IWarehouseSession session, BuildSettings settings, BuildSelection selection)
{
    /// <summary>The loads it took, once that is known.</summary>
    internal BuildRange? Range { get; private set; }

    /// <summary>Keys that are to be built, where parts are tried.</summary>
    internal long Keys { get; private set; }

    /// <summary>The last key of the part that was tried: its entity and what it is.</summary>
    internal (string Entity, string RowKey)? LastKey { get; private set; }

    /// <summary>Keys that a retry took up.</summary>
    internal long TakenUp { get; private set; }

    /// <summary>Whether another build took the loads of this one since its range was read.</summary>
    internal bool IsOvertaken { get; private set; }

    /// <summary>Runs the steps.</summary>
    /// <returns>What it did, number 0 for nothing; and whether there is nothing to build behind it.</returns>
    /// <exception cref="StepFailureException">A step fails of its data.</exception>
    internal async Task<(GoldBuildOutcome Outcome, bool IsLast)> RunAsync(CancellationToken cancellationToken)
    {
        var scripts = settings.Folder.Build();
        await RunAsync(scripts[0], cancellationToken).ConfigureAwait(false);
        await new ReferenceDimensions(session, settings.Folder, settings.Reference, settings.Logger)
            .UpdateAsync((_, script, token) => RunAsync(script, token), cancellationToken).ConfigureAwait(false);
        await SetRangeAsync(cancellationToken).ConfigureAwait(false);
        var range = (await session.QueryAsync("SELECT from_load, to_load, newest_load, build_number FROM build_range", cancellationToken).ConfigureAwait(false))[0];
        var (from, to, newest) = (ResultText.Number(range[0]), ResultText.Number(range[1]), ResultText.Number(range[2]));
        Range = new BuildRange(ResultText.Number(range[3]), to);
        IsOvertaken = selection.Range is { } pinned && pinned.BuildNumber != Range.BuildNumber;
        if (IsOvertaken || (settings.IsRetry ? TakenUp == 0 : to <= from))
        {
            return (default, !IsOvertaken);
        }

        var star = await StarWriter.OpenAsync(session, settings.Engine, RunAsync, cancellationToken).ConfigureAwait(false);
        foreach (var script in scripts.Skip(1))
        {
            await RunStepAsync(star, script, isLast: script == scripts[^1], ResultText.Number(range[3]), cancellationToken).ConfigureAwait(false);
            if (script == scripts[1])
            {
                await SelectAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        var build = await session.QueryAsync(
            $"SELECT build_number, batches, legs, inserted, changed FROM ops.gold_build WHERE to_load = {SqlText.Literal(to, settings.Engine)} AND build_number = {range[3]}", cancellationToken).ConfigureAwait(false);
        return build[0].Select(ResultText.Number).ToList() is [var number, var batches, var legs, var inserted, var changed]
            ? (new GoldBuildOutcome(number, batches, legs, inserted, changed) { SetAside = selection.SetAside.Count, TakenUp = TakenUp }, settings.IsRetry || to == newest)
            : throw new InvalidOperationException("The books of a build have five numbers.");
    }

    private async Task SetRangeAsync(CancellationToken cancellationToken)
    {
        if (settings.IsRetry)
        {
            await session.ExecuteAsync("UPDATE build_range SET to_load = from_load, newest_load = from_load, is_retry = TRUE", cancellationToken).ConfigureAwait(false);
            TakenUp = ResultText.Number((await session.QueryAsync("SELECT COUNT(*) FROM ops.key_set_aside", cancellationToken).ConfigureAwait(false))[0][0]);
        }
        else if (settings.IsFull)
        {
            await session.ExecuteAsync("UPDATE build_range SET from_load = 0, to_load = newest_load, is_full = TRUE", cancellationToken).ConfigureAwait(false);
        }

        if (selection.Range is { } pinned)
        {
            await session.ExecuteAsync($"UPDATE build_range SET to_load = {SqlText.Literal(pinned.To, settings.Engine)}", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Leaves out what is not to be built.</summary>
    private async Task SelectAsync(CancellationToken cancellationToken)
    {
        if (selection.SetAside.Count > 0)
        {
            await session.InsertAsync(
                "build_failed", ["entity", "row_key", "step", "sql_state", "message"], selection.SetAside.Select(key => key.ToRow()), cancellationToken).ConfigureAwait(false);
        }

        if (selection.Tried is not { } tried)
        {
            return;
        }

        await session.ExecuteAsync(BuildSelection.NumberKeys, cancellationToken).ConfigureAwait(false);
        Keys = ResultText.Number((await session.QueryAsync("SELECT COUNT(*) FROM build_key", cancellationToken).ConfigureAwait(false))[0][0]);
        var ends = await session.QueryAsync($"SELECT entity, row_key FROM build_key WHERE key_number = {SqlText.Literal(tried.Last, settings.Engine)}", cancellationToken).ConfigureAwait(false);
        LastKey = ends.Count == 1 ? (ends[0][0]!, ends[0][1]!) : null;
        await session.ExecuteAllAsync([.. BuildSelection.Hide(tried, settings.Engine)], cancellationToken).ConfigureAwait(false);
    }

    private async Task RunStepAsync(StarWriter star, Script script, bool isLast, long buildNumber, CancellationToken cancellationToken)
    {
        var started = settings.Clock.GetTimestamp();
        if (isLast)
        {
            await star.RecordAsync(cancellationToken).ConfigureAwait(false);
        }

        await RunAsync(script, cancellationToken).ConfigureAwait(false);
        var counts = StarTable.FilledBy(script) is { } table ? await star.SwapAsync(table, settings.IsFull, cancellationToken).ConfigureAwait(false) : default;
        settings.OnStep?.Invoke(new GoldStep(
            buildNumber, StarTable.StepOf(script), settings.Clock.GetElapsedTime(started), StarTable.FilledBy(script) is not null, counts.Inserted, counts.Changed, counts.Removed));
    }

    private async Task RunAsync(Script script, CancellationToken cancellationToken)
    {
        var statements = script.Statements(settings.Engine);
        try
        {
            if (settings.BeforeStatement is null)
            {
                await session.ExecuteAllAsync([.. statements.Select(statement => statement.Text)], cancellationToken).ConfigureAwait(false);
                return;
            }

            foreach (var statement in statements)
            {
                await settings.BeforeStatement().ConfigureAwait(false);
                await session.ExecuteAsync(statement.Text, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StatementException failed) when (failed is { Fault: Fault.Operator, Refusal: { SqlState: not PostgresErrorCodes.UndefinedTable } refusal })
        {
            var message = $"{script.Blame(statements[refusal.StatementIndex], failed)} Nothing was built.";
            throw StepFailureException.IsOfData(failed) ? new StepFailureException(script.Name, message, failed) : new WarehouseException(message, Fault.Operator, failed);
        }
    }
}
