namespace AirportOps.Warehouse;

/// <summary>How often and how fast to try again.</summary>
public sealed record RetryPolicy
{
    /// <summary>Runs of a transaction in all, at least 1; 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The wait before the second run, doubled before each later one, and half to all of it by chance; 200 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait; 10 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What chance goes by.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The wait after so many failed runs.</summary>
    /// <param name="failures">From 1.</param>
    /// <param name="random">Gives the chance.</param>
    internal TimeSpan DelayAfter(int failures, Random random)
    {
        var longest = Math.Min(MaxDelay.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + (0.5 * random.NextDouble())));
    }
}
