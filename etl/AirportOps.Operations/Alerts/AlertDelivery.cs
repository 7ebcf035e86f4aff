using System.Threading.Channels;
using AirportOps.Reliability;
using Microsoft.Extensions.Logging;

namespace AirportOps.Operations.Alerts;

/// <summary>
/// Delivers alerts in their order, one after the other, in the background: what fails is tried again after some 5 s, 10 s, … 5 minutes
/// until it works or the process ends, with a line when it begins to fail and one when it works again.
/// </summary>
internal sealed class AlertDelivery : IAsyncDisposable
{
    private const int MaxWaiting = 256;

    /// <summary>Whatever a target throws, no stage is to end of it, so all of it is waited out.</summary>
    private static readonly RetryOptions ForEver = new()
    {
        Patience = Timeout.InfiniteTimeSpan,
        FirstDelay = TimeSpan.FromSeconds(5),
        MaxDelay = TimeSpan.FromMinutes(5),
        FaultOf = _ => Fault.Outside,
    };

    private readonly IAlertTarget _target;
    private readonly TimeSpan _grace;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly AlertMetrics _metrics;
    private readonly Retry _retry;
    private readonly OutageReporter _outage;
    private readonly Channel<Alert> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _delivering;
    private int _lost;
    private int _underWay;

    internal AlertDelivery(IAlertTarget target, TimeSpan grace, AlertMetrics metrics, ILogger logger, TimeProvider clock)
    {
        (_target, _grace, _metrics, _logger, _clock) = (target, grace, metrics, logger, clock);
        (_retry, _outage) = (new Retry(ForEver, clock), new OutageReporter($"delivery of alerts to {target.Name}", logger, clock));

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
        await _retry.RunAsync(
            async stop =>
            {
                await _target.DeliverAsync(alert, id, stop).ConfigureAwait(false);
                return true;
            },
            failure =>
            {
                _metrics.Failed.Add(1, AlertMetrics.Stage);
                _outage.Meet($"{failure.Message} The stages go on.");
            },
            null,
            _stop.Token).ConfigureAwait(false);
        _metrics.Sent.Add(1, AlertMetrics.Stage);
        _outage.End();
    }
}
