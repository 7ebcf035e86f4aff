namespace AirportOps.Aws.Redshift;

/// <summary>How calls about a Redshift warehouse go on through trouble.</summary>
public sealed record RedshiftCallOptions
{
    /// <summary>Whether trouble that passes is waited out. Default true; else it is told at once, and the other options count for nothing.</summary>
    public bool WaitsOut { get; init; } = true;

    /// <summary>
    /// How long a service that answered before may be away, and a warehouse may be waking up or full, before that is a failure. Default 10 minutes.
    /// Throttling is waited out however long it lasts.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Tries of a call in all while nothing has answered yet, at least 1. Default 5, over some three seconds.</summary>
    public int FirstAttempts { get; init; } = 5;

    /// <summary>First wait after a call failed for good in the SDK; each further one is about twice as long, up to 5 s, with jitter. Default 200 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two tries of a call.</summary>
    internal static TimeSpan MaxRetryDelay { get; } = TimeSpan.FromSeconds(5);
}
