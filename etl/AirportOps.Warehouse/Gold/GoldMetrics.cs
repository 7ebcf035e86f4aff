using System.Diagnostics.Metrics;
using AirportOps.Pipeline;

namespace AirportOps.Warehouse.Gold;

/// <summary>What builds of the star schema measure, on the meter <see cref="PipelineMetrics.MeterName"/>. Tag: <c>stage</c>, <c>gold</c>.</summary>
internal static class GoldMetrics
{
    private static readonly Meter Meter = new(PipelineMetrics.MeterName);
    private static readonly KeyValuePair<string, object?> Stage = new("stage", "gold");

    private static readonly Counter<long> Builds = Meter.CreateCounter<long>("airportops.gold.builds", "{build}", "Builds that ended, also those of nothing");

    private static readonly Counter<long> Windows = Meter.CreateCounter<long>("airportops.windows", "{window}", "Windows built into the star schema");

    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("airportops.rows", "{row}", "Legs inserted or changed");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "airportops.gold.build.duration", "s", "A build that had something to build");

    private static readonly Counter<long> KeysSetAside = Meter.CreateCounter<long>(
        "airportops.gold.set_aside", "{key}", "Keys that builds left out because a step failed of them, by step");

    /// <summary>Counts keys that were set aside.</summary>
    internal static void CountSetAside(IEnumerable<FailedKey> keys)
    {
        foreach (var step in keys.CountBy(key => key.Failure.Step))
        {
            KeysSetAside.Add(step.Value, Stage, new("step", step.Key));
        }
    }

    /// <summary>Counts a build that ended.</summary>
    internal static void Count(in GoldBuildOutcome outcome, TimeSpan took)
    {
        Builds.Add(1, Stage);
        if (outcome.BuildNumber > 0)
        {
            Windows.Add(outcome.Batches, Stage);
            Rows.Add(outcome.Inserted + outcome.Changed, Stage);
            Duration.Record(took.TotalSeconds, Stage);
        }
    }
}
