using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.DataTests;

/// <summary>
/// Runs the declared tests on one snapshot of the warehouse and keeps what fails in <c>ops.test_failure</c>. Changes nothing else, so it may run
/// beside loads and builds.
/// </summary>
/// <param name="warehouse">The warehouse, migrated.</param>
/// <param name="folder">Its SQL.</param>
/// <param name="manifests">The manifests of the lake that was loaded; null where there is none at hand, and their test is skipped.</param>
/// <param name="clock">What freshness and the books go by.</param>
/// <param name="logger">Told of each test that fails.</param>
public sealed class DataTestRunner(IWarehouse warehouse, ScriptFolder folder, WindowStore? manifests, TimeProvider clock, ILogger logger)
{
    /// <summary>The most failing rows that are kept of a test.</summary>
    public const int MaxRows = 100;

    // Characters; with four bytes each they fit the columns of ops.test_failure.
    private const int MaxText = 500;

    /// <summary>Makes sure that a selection means a test.</summary>
    /// <param name="folder">The warehouse's SQL.</param>
    /// <param name="selection">As of <see cref="RunAsync"/>.</param>
    /// <exception cref="UsageException">It means none.</exception>
    public static void CheckSelection(ScriptFolder folder, string? selection) => Selected(folder, selection);

    private static List<DataTest> Selected(ScriptFolder folder, string? selection) =>
        TestDeclarations.Read(folder).Where(test => selection is null || test.IsSelectedBy(selection)).ToList() is { Count: > 0 } tests
            ? tests
            : throw new UsageException($"No data test is called '{selection}'.");

    /// <summary>Runs tests.</summary>
    /// <param name="selection">
    /// A test's name, or its start up to a dot, with or without the schema: <c>fact_flight</c>, <c>gold.fact_flight.status</c>; null for all.
    /// </param>
    /// <param name="progress">Told of each test that has ended.</param>
    /// <param name="cancellationToken">Stops; nothing is noted then.</param>
    /// <returns>What each test found, in the order of their declaration.</returns>
    /// <exception cref="UsageException">The selection means no test.</exception>
    /// <exception cref="DataTestException">A declaration can't be read, or its query does not run.</exception>
    /// <exception cref="WarehouseException">The warehouse can't be reached.</exception>
    public async Task<IReadOnlyList<DataTestResult>> RunAsync(
        string? selection,
        IProgress<DataTestResult>? progress,
        CancellationToken cancellationToken)
    {
        var tests = Selected(folder, selection);
        var started = clock.GetTimestamp();
        var startedAt = clock.GetUtcNow();
        try
        {
            var session = await warehouse.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = session.ConfigureAwait(false);
            var results = await RunAllAsync(session, tests, startedAt, progress, cancellationToken).ConfigureAwait(false);
            await new TestBooks(session).WriteAsync(startedAt, clock.GetUtcNow(), results, cancellationToken).ConfigureAwait(false);
            if (selection is null)
            {
                // A part of the tests says nothing of the rest.
                DataTestMetrics.Count(results, clock.GetElapsedTime(started));
            }

            return results;
        }
        catch (StatementException trouble)
        {
            throw trouble.As("could not be tested");
        }
    }

    private async Task<List<DataTestResult>> RunAllAsync(
        IWarehouseSession session,
        List<DataTest> tests,
        DateTimeOffset now,
        IProgress<DataTestResult>? progress,
        CancellationToken cancellationToken)
    {
        // One snapshot: a build that commits meanwhile would look like a difference between two tables.
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        var results = new List<DataTestResult>();
        foreach (var test in tests)
        {
            var started = clock.GetTimestamp();
            var (failures, rows) = test.Query is { } query
                ? await QueryAsync(session, test, query, now, cancellationToken).ConfigureAwait(false)
                : await CompareWithManifestsAsync(session, cancellationToken).ConfigureAwait(false);
            var state = (failures, test.Severity) switch
            {
                (null, _) => DataTestState.Skipped,
                (0, _) => DataTestState.Passed,
                (_, DataTestSeverity.Warn) => DataTestState.Warned,
                _ => DataTestState.Failed,
            };
            var result = new DataTestResult(test.Name, test.Severity, state, failures ?? 0, rows, clock.GetElapsedTime(started));
            results.Add(result);
            progress?.Report(result);
            if (result.Failures > 0)
            {
                Log.FailingRows(logger, test.Severity == DataTestSeverity.Error ? LogLevel.Error : LogLevel.Warning, test.Name, result.Failures, rows[0].Key, rows[0].Detail);
            }
        }

        await session.CommitAsync(null, cancellationToken).ConfigureAwait(false);
        return results;
    }

    private async Task<(long? Failures, IReadOnlyList<FailingRow> Rows)> CompareWithManifestsAsync(
        IWarehouseSession session,
        CancellationToken cancellationToken)
    {
        if (manifests is null)
        {
            return (null, []);
        }

        var rows = await new ManifestComparison(session, manifests).DifferencesAsync(cancellationToken).ConfigureAwait(false);
        return (rows.Count, [.. rows.Take(MaxRows)]);
    }

    private async Task<(long? Failures, IReadOnlyList<FailingRow> Rows)> QueryAsync(
        IWarehouseSession session,
        DataTest test,
        DataTestQuery query,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        try
        {
            var rows = await session.QueryAsync(Statement(test, query, now), cancellationToken).ConfigureAwait(false);
            return (rows.Count == 0 ? 0 : ResultText.Number(rows[0][0]), [.. rows.Select(row => new FailingRow(row[1] ?? "-", row[2] ?? "-"))]);
        }
        catch (StatementException refused) when (refused is { Fault: Fault.Operator, Refusal: not null })
        {
            throw new DataTestException(
                test.File, test.Line, $"{test.Name} does not run: {refused.Reason}. Mend the declaration, or migrate the warehouse.", refused);
        }
    }

    /// <summary>The query as the engine takes it, with the number of all failing rows in each of the first.</summary>
    private string Statement(DataTest test, DataTestQuery query, DateTimeOffset now)
    {
        try
        {
            var sql = query.WithValues(now, warehouse.Engine);
            var statements = (warehouse.Engine == WarehouseEngine.Postgres ? PostgresDialect.Render(sql) : RedshiftDialect.Render(sql)).ToList();
            return statements is [var statement]
                ? $"SELECT COUNT(*) OVER () AS failures, LEFT(f.row_key, {MaxText}) AS row_key, LEFT(f.detail, {MaxText}) AS detail FROM (\n{statement.Text}\n) f ORDER BY f.row_key, f.detail LIMIT {MaxRows}"
                : throw new DataTestException(test.File, test.Line, $"{test.Name} is not one statement. A test's query is exactly one.", null);
        }
        catch (SqlSyntaxException open)
        {
            throw new DataTestException(test.File, test.Line, $"The query of {test.Name} can't be read: {open.Message}.", open);
        }
    }
}
