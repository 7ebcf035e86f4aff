using AirportOps.Pipeline.Windows;
using AirportOps.Streams.Leases;

namespace AirportOps.Pipeline.Status;

/// <summary>Where the stages that read a shard stand.</summary>
/// <param name="Shard">The shard's id.</param>
/// <param name="BronzeSequence">The last record archived; null for none.</param>
/// <param name="BronzeLag">How far the archive stands behind the shard's tip, in time of arrival; zero: nothing is left.</param>
/// <param name="SilverOrdinal">The newest window; 0 for none.</param>
/// <param name="SilverSequence">The last record cleaned; null for none.</param>
/// <param name="SilverLag">How far Silver stands behind the shard's tip; zero: nothing is left.</param>
/// <param name="Watermark">How far the windows have come in event time, UTC; null for none.</param>
public sealed record ShardStatus(
    string Shard,
    string? BronzeSequence,
    TimeSpan BronzeLag,
    long SilverOrdinal,
    string? SilverSequence,
    TimeSpan SilverLag,
    DateTimeOffset? Watermark)
{
    /// <summary>Rows of the newest window whose event_time lies before what the shard had reached before it.</summary>
    public long LateRows { get; init; }

    /// <summary>How far the latest of them lies before it; zero for none.</summary>
    public TimeSpan MaxLateness { get; init; }

    /// <summary>The newest hole in front of a window, accepted by who started Silver; null for none.</summary>
    public WindowGap? Gap { get; init; }

    /// <summary>Who archives the shard; null where no lease says so.</summary>
    public Lease? BronzeLease { get; init; }

    /// <summary>Who cleans the shard; null where no lease says so.</summary>
    public Lease? SilverLease { get; init; }
}
