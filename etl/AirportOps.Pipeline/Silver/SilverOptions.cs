using AirportOps.Cleaning;
using AirportOps.Cleaning.Seen;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Silver;

/// <summary>How the Silver stage works.</summary>
/// <param name="Limits">When a window closes.</param>
/// <param name="DuplicateHorizon">For how long of arrival an accepted event_id is remembered; 24 hours by default.</param>
public sealed record SilverOptions(WindowLimits Limits, TimeSpan DuplicateHorizon)
{
    /// <summary>Limits of the cleaner; the published rules by default.</summary>
    public CleanerOptions Cleaning { get; init; } = new();

    /// <summary>Go on behind records that are gone from the stream and not in Bronze, and note the gap; false, the default: stop.</summary>
    public bool AcceptGap { get; init; }

    /// <summary>Where Bronze is, to fill holes from; null, the default: the lake that holds Silver.</summary>
    public ILake? Bronze { get; init; }

    /// <summary>How many ids a shard keeps in memory, and where those beyond go: by default 2,097,152, into the system's folder for temporary files.</summary>
    public SeenLimit Ids { get; init; } = new(SeenLimit.DefaultInMemory, Path.GetTempPath());

    /// <summary>Windows of at most 50,000 records, 64 MiB or one second, as one machine has them; ids for 24 hours.</summary>
    public static SilverOptions Default { get; } = new(new WindowLimits(TimeSpan.FromSeconds(1), 50_000, 64 << 20), TimeSpan.FromHours(24));
}
