using System.Diagnostics.Metrics;
using AirportOps.Pipeline;

namespace AirportOps.Warehouse.Gold;

/// <summary>
/// Measures how long ago the star schema last had all that staging has, as <c>airportops.gold.age</c>; before the first build that this process ended,
/// since it began. Gone when disposed. Safe for concurrent use.
/// </summary>
public sealed class GoldAge : IDisposable
{
    private readonly Meter _meter = new(PipelineMetrics.MeterName);
    private readonly TimeProvider _clock;
    private long _since;

    /// <summary>Begins to measure.</summary>
    /// <param name="clock">The clock.</param>
    public GoldAge(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (_clock, _since) = (clock, clock.GetTimestamp());
        _meter.CreateObservableGauge(
            "airportops.gold.age",
            () => new Measurement<double>(_clock.GetElapsedTime(Interlocked.Read(ref _since)).TotalSeconds, new KeyValuePair<string, object?>("stage", "gold")),
            "s",
            "Since the star schema last had all that staging has");
    }

    /// <summary>A build ended that had begun then.</summary>
    /// <param name="started">A timestamp of the clock.</param>
    public void BuiltFrom(long started) => Interlocked.Exchange(ref _since, started);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
