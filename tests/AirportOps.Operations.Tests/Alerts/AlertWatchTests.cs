using System.Diagnostics.Metrics;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Lake;
using AirportOps.Operations.Alerts;
using AirportOps.Pipeline.Tests;
using AirportOps.Pipeline.Tests.Bronze;

namespace AirportOps.Operations.Tests.Alerts;

/// <summary>From a measurement to a message.</summary>
public sealed class AlertWatchTests : IDisposable
{
    private readonly Meter _meter = new($"test{Guid.NewGuid():N}");
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly RecordingLogger _logger = new();
    private readonly RecordingTarget _target = new();

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task A_stage_that_falls_behind_is_told_of_and_so_is_that_it_has_caught_up()
    {
        double lag = 0;
        _meter.CreateObservableGauge("airportops.lag", () => new Measurement<double>(lag, new("stage", "load"), new("stream", "events")));
        var watch = Start(_target);

        await LookAsync();
        lag = 2400;
        await LookAsync();
        await LookAsync();
        lag = 1;
        await LookAsync();
        await watch.DisposeAsync();

        Assert.Equal(["raised load of events", "recovered load of events"], _target.Delivered);
        Assert.Equal(
            [
                "7101 Warning: Alert, raised: Stage load of events is 40 min behind; alerts begin at 30 min.",
                "7101 Warning: Alert, recovered: Stage load of events is 1 s behind, little enough again.",
            ],
            _logger.Lines);
    }

    [Fact]
    public async Task Without_a_target_alerts_are_lines_of_the_log()
    {
        _meter.CreateObservableGauge("airportops.gold.age", () => new Measurement<double>(3600, new KeyValuePair<string, object?>("stage", "gold")));
        await using var watch = Start(null);

        await LookAsync();

        Assert.Equal(["7101 Warning: Alert, raised: Stage gold is 60 min behind; alerts begin at 30 min."], _logger.Lines);
    }

    [Fact]
    public async Task A_run_of_the_data_tests_that_ends_with_its_process_is_told_of_and_the_next_says_nothing_new()
    {
        using var folder = new TemporaryFolder();
        for (var run = 1; run <= 2; run++)
        {
            await using var watch = Start(_target, () => FileLake.Open(folder.Path, TimeProvider.System));
            _meter.CreateCounter<long>("airportops.failed_tests").Add(1, new("stage", "test"), new("test", "gold.dim_date.full_date.unique"));
            _meter.CreateHistogram<double>("airportops.test.duration").Record(1, new KeyValuePair<string, object?>("stage", "test"));
        }

        Assert.Equal(["raised gold.dim_date"], _target.Delivered);
    }

    private AlertWatch Start(IAlertTarget? target, Func<ILake>? lake = null) =>
        AlertWatch.Start(new AlertOptions { MeterName = _meter.Name }, target, lake, _logger, _clock);

    /// <summary>Ten seconds pass, and the look that is due then is over.</summary>
    private async Task LookAsync()
    {
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(10));
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(10));
    }
}
