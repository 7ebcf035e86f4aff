using System.Diagnostics.Metrics;
using AirportOps.Pipeline;

namespace AirportOps.Warehouse.DataTests;

/// <summary>
/// What a whole run of the data tests measures, on the meter <see cref="PipelineMetrics.MeterName"/>. Tags: <c>stage</c>, which is <c>test</c>, and <c>test</c>.
/// A test adds 0 or 1, so that who listens hears of those that hold again; the duration comes last.
/// </summary>
internal static class DataTestMetrics
{
    private static readonly Meter Meter = new(PipelineMetrics.MeterName);
    private static readonly KeyValuePair<string, object?> Stage = new("stage", "test");

    private static readonly Counter<long> Tests = Meter.CreateCounter<long>("airportops.tests", "{test}", "Data tests run");

    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("airportops.failed_tests", "{test}", "Data tests of severity error that found a row");

    private static readonly Counter<long> Warned = Meter.CreateCounter<long>("airportops.warned_tests", "{test}", "Data tests of severity warn that found a row");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("airportops.test.duration", "s", "A whole run of the data tests");

    /// <summary>Counts a run of all tests.</summary>
    internal static void Count(IReadOnlyList<DataTestResult> results, TimeSpan took)
    {
        foreach (var result in results.Where(result => result.State != DataTestState.Skipped))
        {
            KeyValuePair<string, object?>[] tags = [Stage, new("test", result.Name)];
            Tests.Add(1, tags);
            Failed.Add(result.State == DataTestState.Failed ? 1 : 0, tags);
            Warned.Add(result.State == DataTestState.Warned ? 1 : 0, tags);
        }

        Duration.Record(took.TotalSeconds, Stage);
    }
}
