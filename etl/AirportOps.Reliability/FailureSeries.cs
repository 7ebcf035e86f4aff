namespace AirportOps.Reliability;

/// <summary>
/// Failures of one piece of work in a row, and whether to try it again: what <see cref="Retry"/> goes by. By itself it is for work that no call can hold from
/// its first try to its last: a reader that gives way to its caller between two tries, a writer with several requests under way. For one caller at a time.
/// </summary>
/// <param name="options">How often, and for how long.</param>
/// <param name="clock">Measures patience.</param>
public sealed class FailureSeries(RetryOptions options, TimeProvider clock)
{
    private int _oursInAll;
    private long? _awaySince;

    /// <summary>Counts a failure.</summary>
    /// <param name="failure">What the work threw.</param>
    /// <param name="patience">How long a failure outside is waited out; null: <see cref="RetryOptions.Patience"/>, whatever the failure.</param>
    /// <returns>Whether the work is to be tried again.</returns>
    public bool MayRepeat(Exception failure, Func<Exception, TimeSpan>? patience = null)
    {
        switch (options.FaultOf(failure))
        {
            case Fault.Outside:
                var limit = patience?.Invoke(failure) ?? options.Patience;
                if (limit == Timeout.InfiniteTimeSpan)
                {
                    _awaySince = null;
                    return true;
                }

                return limit > clock.GetElapsedTime(_awaySince ??= clock.GetTimestamp());
            case Fault.Ours:
                return ++_oursInAll < options.MaxAttempts;
            default:
                return false;
        }
    }

    /// <summary>The work went well: the next failure is the first of a new series.</summary>
    public void Reset() => (_oursInAll, _awaySince) = (0, null);
}
