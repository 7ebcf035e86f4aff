namespace AirportOps.Reliability;

/// <summary>How often and how fast work is tried again.</summary>
public sealed record RetryOptions
{
    /// <summary>Runs in all of work that fails by a <see cref="Fault.Ours"/>, at least 1. Default 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>
    /// How long a <see cref="Fault.Outside"/> is waited out, counted from its first failure; <see cref="Timeout.InfiniteTimeSpan"/>: without end.
    /// Default zero: it is told at once.
    /// </summary>
    public TimeSpan Patience { get; init; }

    /// <summary>The wait before the second run, about doubled before each later one, with jitter. Default 200 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait. Default 10 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tells whose fault a failure of the work is, where the kind of work knows more. Default <see cref="Faults.Of"/>.</summary>
    public Func<Exception, Fault> FaultOf { get; init; } = Faults.Of;

    /// <summary>Seeds the jitter, for tests. Default null: by chance.</summary>
    public int? Seed { get; init; }
}
