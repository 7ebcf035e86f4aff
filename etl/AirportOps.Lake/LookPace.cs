namespace AirportOps.Lake;

/// <summary>How often to look for objects that others put into a lake: a look at a directory is free, one at S3 costs money.</summary>
/// <param name="Shortest">Between two looks for what is about to come.</param>
/// <param name="Longest">Between two looks where nothing has come for long: what comes then is found so much later.</param>
/// <param name="NewShards">Between two looks for what nobody could expect, new folders for instance; these are lists, which cost more than reads.</param>
public readonly record struct LookPace(TimeSpan Shortest, TimeSpan Longest, TimeSpan NewShards)
{
    /// <summary>Of a directory: 100 ms, 250 ms, 1 s.</summary>
    public static LookPace OfDirectory { get; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1));

    /// <summary>Of a store that is paid by the request: 2 s, 1 minute, 5 minutes.</summary>
    public static LookPace OfPaidRequests { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
}
