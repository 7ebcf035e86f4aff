using AirportOps.Aws.Connecting;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Leases;

/// <summary>
/// Tells that a table is away, once, and that it is back, once; of trouble that comes and goes, once in ten seconds. Safe for concurrent use.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="logger">Told.</param>
/// <param name="clock">Says for how long it was away.</param>
internal sealed class LeaseTrouble(string table, ILogger logger, TimeProvider clock)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _guard = new();
    private long? _since;
    private long? _reported;
    private bool _isReported;

    /// <summary>A call failed.</summary>
    public void Meet(AwsTrouble trouble)
    {
        lock (_guard)
        {
            var now = clock.GetTimestamp();
            _since ??= now;
            if (_isReported || (_reported is { } reported && clock.GetElapsedTime(reported, now) < ReportInterval))
            {
                return;
            }

            (_reported, _isReported) = (now, true);
        }

        Log.LeaseTrouble(logger, table, trouble.Cause);
    }

    /// <summary>A call worked.</summary>
    public void End()
    {
        long? since;
        lock (_guard)
        {
            since = _isReported ? _since : null;
            (_since, _isReported) = (null, false);
        }

        if (since is { } begun)
        {
            Log.LeasesWorkAgain(logger, table, (long)clock.GetElapsedTime(begun).TotalSeconds);
        }
    }
}
