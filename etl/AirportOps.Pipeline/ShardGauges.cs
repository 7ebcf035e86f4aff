using System.Diagnostics.Metrics;

namespace AirportOps.Pipeline;

/// <summary>
/// What is so, whenever a listener asks, of a shard that a stage works on; gone when disposed, so that nobody hears of a shard that was left to another.
/// Instruments: <c>airportops.lag</c>, <c>airportops.retention</c>, and of windows <c>airportops.window.age</c> and <c>airportops.watermark.lag</c>. For one writer.
/// </summary>
internal sealed class ShardGauges : IDisposable
{
    private readonly Meter _meter = new(PipelineMetrics.MeterName);
    private readonly TimeProvider _clock;
    private readonly KeyValuePair<string, object?>[] _tags;

    // Boxed, so that the listener's thread sees each as a whole.
    private volatile object? _lag;
    private volatile object? _opened;
    private volatile object? _watermark;
    private volatile object? _retention;

    /// <summary>Starts to tell how far a stage stands behind.</summary>
    /// <param name="stage">For instance <c>bronze</c>.</param>
    /// <param name="stream">The stream's name.</param>
    /// <param name="shard">The shard's id; null where the stage goes by no shards.</param>
    /// <param name="clock">The clock.</param>
    internal ShardGauges(string stage, string stream, string? shard, TimeProvider clock)
    {
        _clock = clock;
        _tags = shard is null ? [new("stage", stage), new("stream", stream)] : [new("stage", stage), new("stream", stream), new("shard", shard)];
        _meter.CreateObservableGauge("airportops.lag", ObserveLag, "s", "How long the oldest thing that a stage has yet to take has been there");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Tells of windows too.</summary>
    internal ShardGauges WithWindows()
    {
        _meter.CreateObservableGauge("airportops.window.age", ObserveWindow, "s", "Since the first record of the open window was read; 0 with none open");
        _meter.CreateObservableGauge(
            "airportops.watermark.lag", ObserveWatermark, "s", "How far the greatest event_time of a shard lies behind the clock");
        return this;
    }

    /// <summary>Tells how long the stream keeps records, so that a lag can be held against it.</summary>
    /// <param name="retention">How long; null: without end.</param>
    internal ShardGauges WithRetention(TimeSpan? retention)
    {
        _retention = retention;
        _meter.CreateObservableGauge("airportops.retention", ObserveRetention, "s", "How long the stream keeps records; none where it keeps them without end");
        return this;
    }

    /// <summary>The stage stands this far behind now; unless zero, it grows by itself until it is set anew.</summary>
    internal void SetLag(TimeSpan lag) => _lag = (lag, _clock.GetTimestamp());

    /// <summary>A window's first record was read.</summary>
    internal void OpenWindow() => _opened = _clock.GetTimestamp();

    /// <summary>The window was committed.</summary>
    /// <param name="watermark">The greatest event_time of the shard by now; null for none.</param>
    internal void CloseWindow(DateTimeOffset? watermark)
    {
        _opened = null;
        SetWatermark(watermark);
    }

    /// <summary>The shard has come this far; null: not known.</summary>
    internal void SetWatermark(DateTimeOffset? watermark) => _watermark = watermark ?? _watermark;

    private IEnumerable<Measurement<double>> ObserveLag()
    {
        if (_lag is (TimeSpan lag, long at))
        {
            yield return Measured(lag > TimeSpan.Zero ? lag + _clock.GetElapsedTime(at) : lag);
        }
    }

    private IEnumerable<Measurement<double>> ObserveRetention()
    {
        if (_retention is TimeSpan kept)
        {
            yield return Measured(kept);
        }
    }

    private Measurement<double> ObserveWindow() => Measured(_opened is long opened ? _clock.GetElapsedTime(opened) : TimeSpan.Zero);

    private IEnumerable<Measurement<double>> ObserveWatermark()
    {
        if (_watermark is DateTimeOffset reached)
        {
            yield return Measured(_clock.GetUtcNow() - reached);
        }
    }

    private Measurement<double> Measured(TimeSpan time) => new(time.TotalSeconds, _tags);
}
