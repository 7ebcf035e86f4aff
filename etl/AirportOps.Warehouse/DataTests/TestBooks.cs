using Dapper;
using Npgsql;

namespace AirportOps.Warehouse.DataTests;

/// <summary>The books of the data tests, <c>ops.test_run</c> and <c>ops.test_failure</c>.</summary>
internal sealed class TestBooks(NpgsqlConnection connection)
{
    /// <summary>Notes a run and its failing rows, both or neither.</summary>
    internal async Task WriteAsync(
        DateTimeOffset startedAt,
        DateTimeOffset finishedAt,
        IReadOnlyList<DataTestResult> results,
        CancellationToken cancellationToken)
    {
        // Ordered by time, and made here: runs need not take turns for a number.
        var runId = Guid.CreateVersion7(startedAt).ToString();
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        await ExecuteAsync(
            """
            INSERT INTO ops.test_run (run_id, started_at, finished_at, passed, warned, failed, skipped)
            VALUES (@runId, @started, @finished, @passed, @warned, @failed, @skipped)
            """,
            new
            {
                runId,
                started = Unzoned(startedAt),
                finished = Unzoned(finishedAt),
                passed = Count(DataTestState.Passed),
                warned = Count(DataTestState.Warned),
                failed = Count(DataTestState.Failed),
                skipped = Count(DataTestState.Skipped),
            }).ConfigureAwait(false);
        await ExecuteAsync(
            """
            INSERT INTO ops.test_failure (run_id, test_name, severity, failures, row_number, row_key, detail)
            VALUES (@runId, @Name, @severity, @Failures, @number, @Key, @Detail)
            """,
            results.SelectMany(result => result.Rows.Select((row, index) => new
            {
                runId,
                result.Name,
                severity = result.Severity.ToString().ToLowerInvariant(),
                result.Failures,
                number = index + 1,
                row.Key,
                row.Detail,
            }))).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);

        int Count(DataTestState state) => results.Count(result => result.State == state);
        Task<int> ExecuteAsync(string sql, object rows) =>
            connection.ExecuteAsync(new CommandDefinition(sql, rows, transaction, cancellationToken: cancellationToken));
    }

    private static DateTime Unzoned(DateTimeOffset time) => DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified);
}
