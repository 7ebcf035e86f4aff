using System.Globalization;
using AirportOps.Lake;
using Microsoft.Extensions.Logging;

namespace AirportOps.Operations.Alerts;

/// <summary>
/// Watches what the stages of this process measure and tells an operator of what is as it should not be: in the log, and at a target if there is one. No trouble of its
/// own ever reaches a stage.
/// </summary>
public sealed class AlertWatch : IAsyncDisposable
{
    private readonly AlertRules _rules;
    private readonly AlertGate _gate;
    private readonly AlertMetrics _metrics;
    private readonly AlertDelivery? _delivery;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly AlertOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    private AlertWatch(AlertOptions options, IAlertTarget? target, Func<ILake>? lake, ILogger logger, TimeProvider clock)
    {
        (_options, _logger, _clock) = (options, logger, clock);
        _metrics = new AlertMetrics(options.MeterName);
        _rules = new AlertRules(options, clock);
        var owner = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}");
        _gate = new AlertGate(new AlertMemory(lake, logger, clock), options.Every, owner, clock);
        _delivery = target is null ? null : new AlertDelivery(target, options.Grace, _metrics, logger, clock);
        _watching = Task.Run(WatchAsync, CancellationToken.None);
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="options">See there.</param>
    /// <param name="target">Where alerts go besides the log; null for nowhere.</param>
    /// <param name="lake">Opens the lake that remembers what was sent, once that is needed; null to remember in this process alone.</param>
    /// <param name="logger">Told of every alert, and of trouble with them.</param>
    /// <param name="clock">The clock.</param>
    public static AlertWatch Start(AlertOptions options, IAlertTarget? target, Func<ILake>? lake, ILogger logger, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new AlertWatch(options, target, lake, logger, clock);
    }

    /// <summary>Looks a last time, waits a little for what is not yet delivered, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        using (var grace = new CancellationTokenSource(_options.Grace, _clock))
        {
            await LookAsync(grace.Token).ConfigureAwait(false);
        }

        if (_delivery is not null)
        {
            await _delivery.DisposeAsync().ConfigureAwait(false);
        }

        _rules.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_options.Interval, _clock, _stop.Token).ConfigureAwait(false);
                await LookAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Its end.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var condition in _rules.Find())
            {
                var (alert, isSuppressed) = await _gate.PassAsync(condition, cancellationToken).ConfigureAwait(false);
                _metrics.Suppressed.Add(isSuppressed ? 1 : 0, AlertMetrics.Stage);
                if (alert is not null)
                {
                    Log.Alert(_logger, alert.StateName, alert.Text);
                    _delivery?.Post(alert);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process ends; the next one looks again.
        }
    }
}
