using Microsoft.Extensions.Logging;

namespace AirportOps.Reliability;

/// <summary>
/// Tells an operator of an outage: one line at its begin, one at its end with its duration, and in between a reminder now and then. Safe for
/// concurrent use: whoever meets the outage first tells of it, for all.
/// </summary>
/// <param name="who">Who waits or what is away, as the line begins: <c>load</c>, <c>lake s3://bucket</c>.</param>
/// <param name="logger">Told.</param>
/// <param name="clock">Measures.</param>
public sealed class OutageReporter(string who, ILogger logger, TimeProvider clock)
{
    /// <summary>Between two lines of one outage.</summary>
    public static readonly TimeSpan ReminderInterval = TimeSpan.FromMinutes(10);

    /// <summary>An outage that begins so soon after the last line is told only if it lasts: trouble that comes and goes fills no log.</summary>
    public static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(10);

    private readonly Lock _guard = new();
    private long? _since;
    private long? _lastLine;
    private bool _isTold;

    /// <summary>Whether an outage is under way.</summary>
    public bool IsOut
    {
        get
        {
            lock (_guard)
            {
                return _since is not null;
            }
        }
    }

    /// <summary>Work failed by the outage, for the first time or again.</summary>
    /// <param name="cause">What is away, where, and what to do; one line.</param>
    public void Meet(string cause)
    {
        TimeSpan? lasted;
        lock (_guard)
        {
            var now = clock.GetTimestamp();
            _since ??= now;
            if (_lastLine is { } last && clock.GetElapsedTime(last, now) < (_isTold ? ReminderInterval : QuietTime))
            {
                return;
            }

            lasted = _isTold ? clock.GetElapsedTime(_since.Value, now) : null;
            (_lastLine, _isTold) = (now, true);
        }

        if (lasted is { } sofar)
        {
            Log.OutageLasts(logger, who, (long)sofar.TotalSeconds, OneLine(cause));
        }
        else
        {
            Log.OutageBegins(logger, who, OneLine(cause));
        }
    }

    /// <summary>Work went well: an outage, if there was one, is over. Cheap where there was none.</summary>
    public void End()
    {
        long seconds;
        lock (_guard)
        {
            if (_since is not { } since)
            {
                return;
            }

            var now = clock.GetTimestamp();
            seconds = (long)clock.GetElapsedTime(since, now).TotalSeconds;
            var wasTold = _isTold;
            (_since, _isTold) = (null, false);
            if (!wasTold)
            {
                return;
            }

            _lastLine = now;
        }

        Log.OutageEnds(logger, who, seconds);
    }

    private static string OneLine(string cause) => cause.ReplaceLineEndings(" ").TrimEnd();
}
