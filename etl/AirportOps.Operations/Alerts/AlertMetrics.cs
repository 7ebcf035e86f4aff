using System.Diagnostics.Metrics;

namespace AirportOps.Operations.Alerts;

/// <summary>What the alerts measure of themselves.</summary>
internal sealed class AlertMetrics : IDisposable
{
    /// <summary>The tag of all of them.</summary>
    internal static readonly KeyValuePair<string, object?> Stage = new("stage", "alerts");

    private readonly Meter _meter;

    internal AlertMetrics(string meterName)
    {
        _meter = new Meter(meterName);
        Sent = _meter.CreateCounter<long>("airportops.alerts.sent", "{alert}", "Alerts delivered");
        Suppressed = _meter.CreateCounter<long>("airportops.alerts.suppressed", "{alert}", "Alerts held back by the rate limit");
        Failed = _meter.CreateCounter<long>("airportops.alerts.failed", "{alert}", "Attempts at a delivery that failed");
    }

    internal Counter<long> Sent { get; }

    internal Counter<long> Suppressed { get; }

    internal Counter<long> Failed { get; }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
