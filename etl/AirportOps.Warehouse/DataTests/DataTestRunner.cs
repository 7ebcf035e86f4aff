using System.Data;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace AirportOps.Warehouse.DataTests;

/// <summary>
/// Runs the declared tests on one snapshot of the warehouse and keeps what fails in <c>ops.test_failure</c>. Changes nothing else, so it may run
/// beside loads and builds.
/// </summary>
/// <param name="database">The warehouse, migrated.</param>
/// <param name="folder">Its SQL.</param>
/// <param name="manifests">The manifests of the lake that was loaded; null where there is none at hand, and their test is skipped.</param>
/// <param name="clock">What freshness and the books go by.</param>
/// <param name="logger">Told of each test that fails.</param>
public sealed class DataTestRunner(WarehouseDatabase database, ScriptFolder folder, WindowStore? manifests, TimeProvider clock, ILogger logger)
{
    /// <summary>The most failing rows that are kept of a test.</summary>
    public const int MaxRows = 100;

    // Characters; with four bytes each they fit the columns of ops.test_failure.
    private const int MaxText = 500;

    /// <summary>Runs tests.</summary>
    /// <param name="selection">
    /// A test's name, or its start up to a dot, with or without the schema: <c>fact_flight</c>, <c>gold.fact_flight.status</c>; null for all.
    /// </param>
    /// <param name="progress">Told of each test that has ended.</param>
    /// <param name="cancellationToken">Stops; nothing is noted then.</param>
    /// <returns>What each test found, in the order of their declaration.</returns>
    /// <exception cref="ArgumentException">The selection means no test.</exception>
    /// <exception cref="DataTestException">A declaration can't be read, or its query does not run.</exception>
    /// <exception cref="WarehouseException">The warehouse can't be reached.</exception>
    public async Task<IReadOnlyList<DataTestResult>> RunAsync(
        string? selection,
        IProgress<DataTestResult>? progress,
        CancellationToken cancellationToken)
    {
        var tests = TestDeclarations.Read(folder).Where(test => selection is null || test.IsSelectedBy(selection)).ToList();
        if (tests.Count == 0)
        {
            throw new ArgumentException($"No data test is called '{selection}'.", nameof(selection));
        }

        var started = clock.GetTimestamp();
        var startedAt = clock.GetUtcNow();
        var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        try
        {
            var results = await RunAllAsync(connection, tests, startedAt, progress, cancellationToken).ConfigureAwait(false);
            await new TestBooks(connection).WriteAsync(startedAt, clock.GetUtcNow(), results, cancellationToken).ConfigureAwait(false);
            if (selection is null)
            {
                // A part of the tests says nothing of the rest.
                DataTestMetrics.Count(results, clock.GetElapsedTime(started));
            }

            return results;
        }
        catch (NpgsqlException trouble)
        {
            throw database.Failure("could not be tested", trouble);
        }
    }

    private async Task<List<DataTestResult>> RunAllAsync(
        NpgsqlConnection connection,
        List<DataTest> tests,
        DateTimeOffset now,
        IProgress<DataTestResult>? progress,
        CancellationToken cancellationToken)
    {
        // One snapshot: a build that commits meanwhile would look like a difference between two tables.
        var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using var _ = snapshot.ConfigureAwait(false);
        var results = new List<DataTestResult>();
        foreach (var test in tests)
        {
            var started = clock.GetTimestamp();
            var (failures, rows) = test.Query is { } query
                ? await QueryAsync(connection, test, query, now, cancellationToken).ConfigureAwait(false)
                : await CompareWithManifestsAsync(connection, cancellationToken).ConfigureAwait(false);
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

        return results;
    }

    private async Task<(long? Failures, IReadOnlyList<FailingRow> Rows)> CompareWithManifestsAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        if (manifests is null)
        {
            return (null, []);
        }

        var rows = await new ManifestComparison(connection, manifests).DifferencesAsync(cancellationToken).ConfigureAwait(false);
        return (rows.Count, [.. rows.Take(MaxRows)]);
    }

    private static async Task<(long? Failures, IReadOnlyList<FailingRow> Rows)> QueryAsync(
        NpgsqlConnection connection,
        DataTest test,
        DataTestQuery query,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(Statement(test, query), connection);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter("now", NpgsqlDbType.Timestamp) { Value = DateTime.SpecifyKind(now.UtcDateTime, DateTimeKind.Unspecified) });
        foreach (var (index, value) in query.Values.Index())
        {
            command.Parameters.Add(new NpgsqlParameter(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"p{index}"), value));
        }

        var failures = 0L;
        var rows = new List<FailingRow>();
        try
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var __ = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                failures = reader.GetInt64(0);
                rows.Add(new FailingRow(await TextAsync(1).ConfigureAwait(false), await TextAsync(2).ConfigureAwait(false)));
            }

            async Task<string> TextAsync(int column) =>
                await reader.IsDBNullAsync(column, cancellationToken).ConfigureAwait(false) ? "-" : reader.GetString(column);
        }
        catch (PostgresException refused) when (!refused.IsTransient)
        {
            throw new DataTestException(
                test.File, test.Line, $"{test.Name} does not run: {refused.MessageText} ({refused.SqlState}). Mend the declaration, or migrate the warehouse.", refused);
        }

        return (failures, rows);
    }

    /// <summary>The query as PostgreSQL takes it, with the number of all failing rows in each of the first.</summary>
    private static string Statement(DataTest test, DataTestQuery query)
    {
        try
        {
            return PostgresDialect.Render(query.Sql).ToList() is [var statement]
                ? $"SELECT COUNT(*) OVER () AS failures, LEFT(f.row_key, {MaxText}) AS row_key, LEFT(f.detail, {MaxText}) AS detail FROM (\n{statement.Text}\n) f ORDER BY f.row_key, f.detail LIMIT {MaxRows}"
                : throw new DataTestException(test.File, test.Line, $"{test.Name} is not one statement. A test's query is exactly one.", null);
        }
        catch (SqlSyntaxException open)
        {
            throw new DataTestException(test.File, test.Line, $"The query of {test.Name} can't be read: {open.Message}.", open);
        }
    }
}
