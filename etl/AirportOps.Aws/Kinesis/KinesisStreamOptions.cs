namespace AirportOps.Aws.Kinesis;

/// <summary>How a Kinesis stream is read and written.</summary>
public sealed record KinesisStreamOptions
{
    /// <summary>Between two reads of one shard by this process, from 0. Default 200 ms: a shard takes five reads a second.</summary>
    public TimeSpan ReadInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a reader that has caught up waits, from 1 ms. Default 500 ms, so that two stages share a shard's five reads a second.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Write requests under way at once, 1 to 64. Default 4.</summary>
    public int MaxRequests { get; init; } = 4;

    /// <summary>First wait after a throttled or failed write; each further one is twice as long, up to a hundred times. Default 50 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long a service that worked before may be away before that is a failure. Default 10 minutes. Throttling is waited out however
    /// long it lasts.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Between two reports of the same trouble. Default 10 s.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ReadInterval, TimeSpan.Zero, nameof(ReadInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(PollInterval, TimeSpan.FromMilliseconds(1), nameof(PollInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryDelay, TimeSpan.Zero, nameof(RetryDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRequests, 1, nameof(MaxRequests));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRequests, 64, nameof(MaxRequests));
    }
}
