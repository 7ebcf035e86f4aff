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

    /// <summary>Between two reports of trouble that is waited out. Default 10 s.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First wait after a call failed for good in the SDK; each further one is twice as long, up to 5 s. Default 200 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);
}
