using AirportOps.Aws.Connecting;
using AirportOps.Reliability;

namespace AirportOps.Aws.Kinesis;

/// <summary>How a Kinesis stream is read and written.</summary>
public sealed record KinesisStreamOptions
{
    /// <summary>
    /// Between two reads by a reader that is behind, from 0. Default 700 ms, so that three readers that are all behind stay below the five reads a second that
    /// a shard gives to all of them together. A read then takes as many records as come to 1.5 MB a second, of the shard's 2; with 0 as many as there are.
    /// </summary>
    public TimeSpan ReadInterval { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Between two reads by a reader that has caught up, from 1 ms. Default 1 s: a fresh record is read after about half a second.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Write requests under way at once, 1 to 64. Default 4.</summary>
    public int MaxRequests { get; init; } = 4;

    /// <summary>First wait after a throttled or failed call; each further one is twice as long, up to a hundred times. Default 50 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long a service that worked before may be away before that is a failure. Default 10 minutes. Throttling is waited out however
    /// long it lasts.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Between two reports of hot shards. Default 10 s.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between the reads of one shard by all readers of this process, those that only look once among them.</summary>
    internal TimeSpan ShardInterval => ReadInterval / 3;

    /// <summary>How calls are repeated that are neither reads nor writes of records.</summary>
    internal RetryOptions Calls => new() { FirstDelay = RetryDelay, MaxDelay = 100 * RetryDelay, FaultOf = AwsFailure.FaultOfCall };

    /// <summary>How many records the next reads ask for, so that a reader that is behind leaves others some of what the shard gives.</summary>
    /// <param name="records">Records of the last read.</param>
    /// <param name="bytes">Their data.</param>
    /// <returns>Null: the last read tells nothing.</returns>
    internal int? RecordsOfReads(int records, long bytes) => records == 0 || ReadInterval == TimeSpan.Zero
        ? null
        : (int)Math.Clamp(KinesisLimits.ReadBytesPerSecond * ReadInterval.TotalSeconds * records / Math.Max(1, bytes), 100, KinesisLimits.ReadRecords);

    /// <summary>How long a reader waits that was throttled, or whose read failed: others read now, so it must not come again in step with them.</summary>
    /// <param name="failures">Failed reads in a row before this one.</param>
    /// <param name="jitter">Sets readers apart.</param>
    internal TimeSpan RetryAfter(int failures, Random jitter) => ReadInterval / 2 * Math.Min(1 << Math.Min(failures, 2), 4) * (0.5 + jitter.NextDouble());

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
