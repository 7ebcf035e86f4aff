using AirportOps.Warehouse.Sessions;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.DataTests;

/// <summary>The books of the data tests, <c>ops.test_run</c> and <c>ops.test_failure</c>.</summary>
internal sealed class TestBooks(IWarehouseSession session)
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
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        await session.InsertAsync(
            "ops.test_run",
            ["run_id", "started_at", "finished_at", "passed", "warned", "failed", "skipped"],
            [
                [
                    runId, startedAt.UtcDateTime, finishedAt.UtcDateTime,
                    Count(DataTestState.Passed), Count(DataTestState.Warned), Count(DataTestState.Failed), Count(DataTestState.Skipped),
                ],
            ],
            cancellationToken).ConfigureAwait(false);
        await session.InsertAsync(
            "ops.test_failure",
            ["run_id", "test_name", "severity", "failures", "row_number", "row_key", "detail"],
            results.SelectMany(result => result.Rows.Select((row, index) => (object?[])
            [
                runId, result.Name, result.Severity.ToString().ToLowerInvariant(), result.Failures, index + 1, row.Key, row.Detail,
            ])),
            cancellationToken).ConfigureAwait(false);
        await session.CommitAsync($"SELECT 1 FROM ops.test_run WHERE run_id = {SqlText.Quote(runId)}", cancellationToken).ConfigureAwait(false);

        int Count(DataTestState state) => results.Count(result => result.State == state);
    }
}
