namespace AirportOps.Pipeline.Quarantine;

/// <summary>What a replay did, or would do.</summary>
/// <param name="Groups">By the reason that stands in the quarantine, in the order of their names.</param>
/// <param name="Windows">The windows it takes, <c>STREAM/SHARD/ORDINAL</c>, in the order in which they are committed.</param>
public sealed record ReplayOutcome(IReadOnlyList<ReplayGroup> Groups, IReadOnlyList<string> Windows)
{
    /// <summary>Lines tried.</summary>
    public long Tried => Groups.Sum(group => group.Tried);

    /// <summary>Events that are now clean.</summary>
    public long Rows => Groups.Sum(group => group.Rows);

    /// <summary>Events dropped as duplicates.</summary>
    public long Duplicates => Groups.Sum(group => group.Duplicates);

    /// <summary>Events still refused.</summary>
    public long Refused => Groups.Sum(group => group.Refused.Values.Sum());
}
