using System.Diagnostics.Metrics;
using AirportOps.Pipeline.Tests.Bronze;

namespace AirportOps.Pipeline.Tests;

/// <summary>What a listener is told of a shard at the moment it asks.</summary>
public sealed class ShardGaugesTests : IDisposable
{
    private readonly string _stream = $"gauged-{Guid.NewGuid():N}";
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MeterListener _listener = new();
    private readonly List<string> _heard = [];

    public ShardGaugesTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PipelineMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };

        // Other tests measure at the same time, on streams of other names.
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (tags.Length > 1 && (string?)tags[1].Value == _stream)
            {
                _heard.Add($"{instrument.Name["airportops.".Length..]} {value} {string.Join(' ', tags.ToArray().Where((_, index) => index != 1).Select(tag => tag.Value))}");
            }
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Nothing_is_told_before_it_is_known_and_nothing_after_the_end()
    {
        using (var gauges = new ShardGauges("bronze", _stream, "s", _clock))
        {
            Assert.Empty(Ask());
            gauges.SetLag(TimeSpan.Zero);
            Assert.Equal(["lag 0 bronze s"], Ask());
        }

        Assert.Empty(Ask());
    }

    [Fact]
    public void A_lag_grows_while_nobody_reads_unless_there_is_none()
    {
        using var gauges = new ShardGauges("load", _stream, null, _clock);
        gauges.SetLag(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["lag 602 load"], Ask());

        gauges.SetLag(TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["lag 0 load"], Ask());
    }

    [Fact]
    public void A_window_grows_old_until_it_is_committed_and_the_watermark_falls_behind()
    {
        using var gauges = new ShardGauges("silver", _stream, "s", _clock).WithWindows();
        Assert.Equal(["window.age 0 silver s"], Ask());

        gauges.OpenWindow();
        gauges.SetWatermark(_clock.GetUtcNow().AddMinutes(-1));
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(["watermark.lag 420 silver s", "window.age 360 silver s"], Ask());

        gauges.CloseWindow(null);
        Assert.Equal(["watermark.lag 420 silver s", "window.age 0 silver s"], Ask());
    }

    private List<string> Ask()
    {
        _heard.Clear();
        _listener.RecordObservableInstruments();
        return [.. _heard.Order(StringComparer.Ordinal)];
    }
}
