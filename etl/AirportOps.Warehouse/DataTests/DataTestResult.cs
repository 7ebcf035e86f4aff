namespace AirportOps.Warehouse.DataTests;

/// <summary>What a test found.</summary>
/// <param name="Name">The test: its table, its column if it has one, its kind, with dots between.</param>
/// <param name="Severity">What failing means.</param>
/// <param name="State">How it ended.</param>
/// <param name="Failures">How many rows fail.</param>
/// <param name="Rows">The first of them by key, at most <see cref="DataTestRunner.MaxRows"/>.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record DataTestResult(
    string Name,
    DataTestSeverity Severity,
    DataTestState State,
    long Failures,
    IReadOnlyList<FailingRow> Rows,
    TimeSpan Elapsed);
