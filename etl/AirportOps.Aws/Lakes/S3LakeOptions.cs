namespace AirportOps.Aws.Lakes;

/// <summary>How a lake in S3 is used.</summary>
public sealed record S3LakeOptions
{
    /// <summary>Id or ARN of the KMS key that objects are encrypted with. Default null: the bucket's own default encryption.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>The account that must own the bucket, 12 digits; another's of that name is refused. Default null: not checked.</summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>
    /// Bytes of a part of an upload, 5 MiB to 1 GiB. Default 8 MiB. S3 takes 10,000 parts, so it also bounds an object: 78 GiB by default.
    /// </summary>
    public int PartBytes { get; init; } = 8 << 20;

    /// <summary>Parts of one upload under way at once, 1 to 16. Default 2. An upload holds that many parts and one more in memory at most.</summary>
    public int PartsInFlight { get; init; } = 2;

    /// <summary>
    /// How long a store that worked before may be away before that is a failure. Default 5 minutes. Throttling is waited out however long it lasts.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// First wait after a call failed for good in the SDK; each further one is about twice as long, up to 5 s, with jitter. Default 200 ms.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two tries of a call.</summary>
    internal static TimeSpan MaxRetryDelay { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PartBytes, 5 << 20, nameof(PartBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PartBytes, 1 << 30, nameof(PartBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(PartsInFlight, 1, nameof(PartsInFlight));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PartsInFlight, 16, nameof(PartsInFlight));
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryDelay, TimeSpan.Zero, nameof(RetryDelay));
    }
}
