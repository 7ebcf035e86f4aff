using Microsoft.Extensions.Logging;

namespace AirportOps.Operations;

/// <summary>What is logged: 70xx metrics, 71xx alerts.</summary>
internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Warning, "Metrics can't be written: {Trouble} The stages go on; the next metrics are tried again.")]
    internal static partial void MetricsNotWritten(ILogger logger, string trouble);

    [LoggerMessage(7101, LogLevel.Warning, "Alert, {State}: {Text}")]
    internal static partial void Alert(ILogger logger, string state, string text);

    [LoggerMessage(7104, LogLevel.Warning, "{Count} alerts were not delivered to {Target}; the log has them.")]
    internal static partial void AlertsLost(ILogger logger, int count, string target);

    [LoggerMessage(7105, LogLevel.Warning, "What alerts were sent before is not known: {Trouble} One may come twice.")]
    internal static partial void AlertsNotRemembered(ILogger logger, string trouble);
}
