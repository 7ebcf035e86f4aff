using Microsoft.Extensions.Logging;

namespace AirportOps.Reliability;

/// <summary>What is told of outages. Ids: 9000.</summary>
internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Warning, "{Who} waits: {Cause}")]
    internal static partial void OutageBegins(ILogger logger, string who, string cause);

    [LoggerMessage(9002, LogLevel.Warning, "{Who} still waits, for {Seconds} s now: {Cause}")]
    internal static partial void OutageLasts(ILogger logger, string who, long seconds, string cause);

    [LoggerMessage(9003, LogLevel.Information, "{Who} goes on after {Seconds} s.")]
    internal static partial void OutageEnds(ILogger logger, string who, long seconds);
}
