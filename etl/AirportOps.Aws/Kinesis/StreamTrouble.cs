using AirportOps.Aws.Connecting;
using AirportOps.Reliability;
using AirportOps.Streams;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Kinesis;

/// <summary>
/// Trouble of one reader or writer: waits it out where that helps, says so now and then, and gives up when it lasts too long. For one
/// caller at a time.
/// </summary>
/// <param name="stream">Names the stream, its endpoint and options.</param>
/// <param name="logger">Told that trouble came and went.</param>
/// <param name="clock">The clock.</param>
internal sealed class StreamTrouble(KinesisPlace stream, ILogger logger, TimeProvider clock)
{
    private long? _since;
    private long? _awaySince;
    private long? _reported;

    /// <summary>A call worked.</summary>
    public void End(string action)
    {
        if (_since is { } since && _reported is not null)
        {
            Log.StreamWorksAgain(logger, stream.Name, action, (long)clock.GetElapsedTime(since).TotalSeconds);
        }

        (_since, _awaySince, _reported) = (null, null, null);
    }

    /// <summary>A call failed: returns when it is to be tried again.</summary>
    /// <param name="exception">Of the SDK or the transport.</param>
    /// <param name="action">As policies name it.</param>
    /// <exception cref="StreamException">Waiting does not help, or has been tried long enough.</exception>
    public void Meet(Exception exception, string action)
    {
        var trouble = stream.Describe(exception, action);
        var now = clock.GetTimestamp();
        _since ??= now;
        _awaySince = trouble.Kind is AwsTroubleKind.Unavailable ? _awaySince ?? now : null;
        if (trouble.Fault is not Fault.Outside || (_awaySince is { } since && clock.GetElapsedTime(since, now) >= stream.Options.Patience))
        {
            throw stream.Failure(trouble, exception);
        }

        if (_reported is not { } reported || clock.GetElapsedTime(reported, now) >= stream.Options.ReportInterval)
        {
            _reported = now;
            Log.StreamTrouble(logger, stream.Name, trouble.Cause);
        }
    }
}
