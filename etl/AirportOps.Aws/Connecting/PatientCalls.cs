using AirportOps.Reliability;

namespace AirportOps.Aws.Connecting;

/// <summary>
/// Makes calls again and again while they meet trouble that passes, as long as patience lasts. Says so now and then, and once that a call works again. The
/// SDK has tried each of them three times already. Safe for concurrent use.
/// </summary>
/// <param name="retryDelay">First wait; each further one is twice as long, up to 5 s.</param>
/// <param name="reportInterval">The least time between two reports, whichever call meets the trouble.</param>
/// <param name="met">Told the cause of trouble that is waited out.</param>
/// <param name="ended">Told the action that works again, and the seconds since the trouble began.</param>
/// <param name="clock">Waits.</param>
internal sealed class PatientCalls(TimeSpan retryDelay, TimeSpan reportInterval, Action<string> met, Action<string, long> ended, TimeProvider clock)
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    private readonly Lock _guard = new();
    private long? _since;
    private long? _reported;
    private bool _isReported;

    /// <summary>Makes a call that may be repeated, whatever became of the ones before.</summary>
    /// <param name="action">As policies name it, for instance <c>s3:GetObject</c>.</param>
    /// <param name="call">The call; an exception that is no trouble with AWS passes through.</param>
    /// <param name="describe">Finds the words for what it threw.</param>
    /// <param name="patience">How long trouble of a kind is waited out; zero: it is told at once. Throttling, if at all, however long it lasts.</param>
    /// <param name="failure">Makes the exception of trouble that waiting does not help, or has been waited out long enough.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<T> CallAsync<T>(
        string action,
        Func<CancellationToken, Task<T>> call,
        Func<Exception, AwsTrouble> describe,
        Func<AwsTroubleKind, TimeSpan> patience,
        Func<AwsTrouble, Exception, Exception> failure,
        CancellationToken cancellationToken)
    {
        long? awaySince = null;
        var hasMetTrouble = false;
        for (var delay = retryDelay; ; delay = delay * 2 < MaxDelay ? delay * 2 : MaxDelay)
        {
            try
            {
                var answer = await call(cancellationToken).ConfigureAwait(false);
                if (hasMetTrouble)
                {
                    End(action);
                }

                return answer;
            }
            catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
            {
                var trouble = describe(exception);
                awaySince = trouble.Kind is AwsTroubleKind.Throttled ? null : awaySince ?? clock.GetTimestamp();
                var away = awaySince is { } since ? clock.GetElapsedTime(since) : TimeSpan.Zero;
                if (trouble.Fault is not Fault.Outside || away >= patience(trouble.Kind))
                {
                    throw failure(trouble, exception);
                }

                hasMetTrouble = true;
                Meet(trouble.Cause);
            }

            await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Meet(string cause)
    {
        lock (_guard)
        {
            var now = clock.GetTimestamp();
            _since ??= now;
            if (_reported is { } last && clock.GetElapsedTime(last, now) < reportInterval)
            {
                return;
            }

            (_reported, _isReported) = (now, true);
        }

        met(cause);
    }

    private void End(string action)
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

        ended(action, seconds);
    }
}
