using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace AirportOps.Operations.Emf;

/// <summary>
/// Listens to a meter and writes what it hears, now and then and at its end, as lines of the embedded metric format. An output that fails is told of once and
/// tried again: nobody who measures hears of it. Safe for concurrent use.
/// </summary>
public sealed class EmfReporter : IAsyncDisposable
{
    private readonly EmfOptions _options;
    private readonly Func<string, Task> _write;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly MeterListener _listener = new();
    private readonly Lock _guard = new();
    private readonly CancellationTokenSource _stop = new();
    private Dictionary<string, (EmfDimensions Dimensions, Dictionary<string, EmfSeries> Series)> _measured = new(StringComparer.Ordinal);
    private Task _writing = Task.CompletedTask;
    private bool _isFailing;

    private EmfReporter(EmfOptions options, Func<string, Task> write, ILogger logger, TimeProvider clock) =>
        (_options, _write, _logger, _clock) = (options, write, logger, clock);

    /// <summary>Begins to listen and to write.</summary>
    /// <param name="options">See there.</param>
    /// <param name="write">Writes whole lines, each ended; called by one caller at a time.</param>
    /// <param name="logger">Told of an output that fails.</param>
    /// <param name="clock">Paces the writing and dates the lines.</param>
    public static EmfReporter Start(EmfOptions options, Func<string, Task> write, ILogger logger, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Interval, TimeSpan.FromSeconds(1), nameof(options));
        var reporter = new EmfReporter(options, write, logger, clock);
        reporter.Listen();
        reporter._writing = Task.Run(reporter.WriteNowAndThenAsync, CancellationToken.None);
        return reporter;
    }

    /// <summary>Writes what is left and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        await WriteAsync().ConfigureAwait(false);
        _listener.Dispose();
        _stop.Dispose();
    }

    private void Listen()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == _options.MeterName && KindOf(instrument) is { } kind)
            {
                listener.EnableMeasurementEvents(instrument, new Heard(EmfNames.MetricOf(instrument), EmfNames.UnitOf(instrument), kind));
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Add(value, tags, state));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Add(value, tags, state));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Add(value, tags, state));
        _listener.Start();
    }

    private void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var heard = (Heard)state!;
        var dimensions = EmfDimensions.Of(tags, _options.ByShard);
        lock (_guard)
        {
            if (!_measured.TryGetValue(dimensions.Key, out var under))
            {
                _measured.Add(dimensions.Key, under = (dimensions, new Dictionary<string, EmfSeries>(StringComparer.Ordinal)));
            }

            if (!under.Series.TryGetValue(heard.Metric, out var series))
            {
                under.Series.Add(heard.Metric, series = new EmfSeries(heard.Metric, heard.Unit, heard.Kind));
            }

            series.Add(value);
        }
    }

    private async Task WriteNowAndThenAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_options.Interval, _clock, _stop.Token).ConfigureAwait(false);
                await WriteAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Its end; the rest is written by who ends it.
        }
    }

    private async Task WriteAsync()
    {
        _listener.RecordObservableInstruments();
        List<string> lines;
        lock (_guard)
        {
            var now = _clock.GetUtcNow();
            lines = [.. _measured.Values.SelectMany(under => EmfDocument.Lines(_options.Namespace, now, under.Dimensions, under.Series.Values))];
            _measured = new(StringComparer.Ordinal);
        }

        if (lines.Count == 0)
        {
            return;
        }

        try
        {
            await _write(string.Concat(lines.Select(line => line + "\n"))).ConfigureAwait(false);
            _isFailing = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            if (!_isFailing)
            {
                Log.MetricsNotWritten(_logger, failure.Message.ReplaceLineEndings(" "));
            }

            _isFailing = true;
        }
    }

    private static EmfSeriesKind? KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return open == typeof(Counter<>) ? EmfSeriesKind.Sum
            : open == typeof(Histogram<>) ? EmfSeriesKind.Values
            : open == typeof(Gauge<>) || open == typeof(ObservableGauge<>) ? EmfSeriesKind.Greatest
            : null;
    }

    /// <summary>An instrument that is listened to.</summary>
    private sealed record Heard(string Metric, string Unit, EmfSeriesKind Kind);
}
