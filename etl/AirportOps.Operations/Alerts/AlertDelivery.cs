using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AirportOps.Operations.Alerts;

/// <summary>
/// Delivers alerts in their order, one after the other, in the background: what fails is tried again after 5 s, 10 s, … 5 minutes until it works or the process ends. Says so
/// once when it begins to fail and once when it works again.
/// </summary>
internal sealed class AlertDelivery : IAsyncDisposable
{
    private const int MaxWaiting = 256;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(5);

    private readonly IAlertTarget _target;
    private readonly TimeSpan _grace;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly AlertMetrics _metrics;
    private readonly Channel<Alert> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _delivering;
    private int _lost;
    private int _underWay;

    internal AlertDelivery(IAlertTarget target, TimeSpan grace, AlertMetrics metrics, ILogger logger, TimeProvider clock)
    {
        (_target, _grace, _metrics, _logger, _clock) = (target, grace, metrics, logger, clock);

        // The newest say most of what is so now.
        _waiting = Channel.CreateBounded<Alert>(
            new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _lost));
        _delivering = Task.Run(DeliverAllAsync, CancellationToken.None);
    }

    /// <summary>Takes an alert; never waits.</summary>
    internal void Post(Alert alert) => _waiting.Writer.TryWrite(alert);

    /// <summary>Ends once all is delivered, or after the grace.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        using (var enough = new CancellationTokenSource())
        {
            await Task.WhenAny(_delivering, Task.Delay(_grace, _clock, enough.Token)).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _delivering.ConfigureAwait(false);
        if (_lost + _underWay + _waiting.Reader.Count is > 0 and var lost)
        {
            Log.AlertsLost(_logger, lost, _target.Name);
        }

        _stop.Dispose();
    }

    private async Task DeliverAllAsync()
    {
        try
        {
            await foreach (var alert in _waiting.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                _underWay = 1;
                await DeliverAsync(alert).ConfigureAwait(false);
                _underWay = 0;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The process ends; what is left is counted.
        }
    }

    private async Task DeliverAsync(Alert alert)
    {
        var id = Guid.NewGuid();
        var isFailing = false;
        for (var delay = FirstDelay; ; delay = delay * 2 < MaxDelay ? delay * 2 : MaxDelay)
        {
            try
            {
                await _target.DeliverAsync(alert, id, _stop.Token).ConfigureAwait(false);
                _metrics.Sent.Add(1, AlertMetrics.Stage);
                if (isFailing)
                {
                    Log.AlertsDeliveredAgain(_logger, _target.Name);
                }

                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !_stop.IsCancellationRequested)
            {
                _metrics.Failed.Add(1, AlertMetrics.Stage);
                if (!isFailing)
                {
                    // Whatever it is, no stage is to end of it.
                    Log.AlertNotDelivered(_logger, _target.Name, failure.Message.ReplaceLineEndings(" "));
                }

                isFailing = true;
            }

            await Task.Delay(delay, _clock, _stop.Token).ConfigureAwait(false);
        }
    }
}
