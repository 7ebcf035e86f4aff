using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Lakes;

/// <summary>Says now and then that calls about a lake meet trouble that is waited out, and once that they work again. Safe for concurrent use.</summary>
/// <param name="lake">The lake as a URI.</param>
/// <param name="interval">The least time between two reports, whichever call meets the trouble.</param>
/// <param name="logger">Where to.</param>
/// <param name="clock">The clock.</param>
internal sealed class LakeTrouble(string lake, TimeSpan interval, ILogger logger, TimeProvider clock)
{
    private readonly Lock _guard = new();
    private long? _since;
    private long? _reported;
    private bool _isReported;

    /// <summary>A call failed and is tried again.</summary>
    internal void Meet(string cause)
    {
        lock (_guard)
        {
            var now = clock.GetTimestamp();
            _since ??= now;
            if (_reported is { } last && clock.GetElapsedTime(last, now) < interval)
            {
                return;
            }

            (_reported, _isReported) = (now, true);
        }

        Log.LakeTrouble(logger, lake, cause);
    }

    /// <summary>A call that had failed worked.</summary>
    internal void End(string action)
    {
        long seconds;
        lock (_guard)
        {
            var wasReported = _isReported;
            seconds = _since is { } since ? (long)clock.GetElapsedTime(since).TotalSeconds : 0;
            (_since, _isReported) = (null, false);
            if (!wasReported)
            {
                return;
            }
        }

        Log.LakeWorksAgain(logger, lake, action, seconds);
    }
}
