namespace AirportOps.Chaos.Outages;

/// <summary>How large the outages are.</summary>
internal sealed record OutageOptions
{
    /// <summary>Events a second all the while.</summary>
    public int Rate { get; init; } = 2_000;

    /// <summary>How long the server is away in the middle; it is away a tenth of that in the other cases, 3 to 30 seconds.</summary>
    public TimeSpan Away { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether stream and lake are in the emulators of Kinesis and S3; else on disk.</summary>
    public bool IsOnEmulators { get; init; }

    /// <summary>The longest time in which a shard of Bronze or Silver may get nothing new while events are sent.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long load and Gold may take to catch up once the server is back.</summary>
    public TimeSpan TimeToCatchUp { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where all luck of the events comes from.</summary>
    public int Seed { get; init; } = 1;

    internal TimeSpan ShortlyAway => TimeSpan.FromSeconds(Math.Clamp(Away.TotalSeconds / 10, 3, 30));

    /// <summary>Enough for all cases and some time to catch up between them.</summary>
    internal int Events => (int)(((1.5 * Away) + (8 * ShortlyAway) + TimeSpan.FromSeconds(20)).TotalSeconds * Rate);
}
