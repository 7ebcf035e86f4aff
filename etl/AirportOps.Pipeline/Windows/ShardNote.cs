namespace AirportOps.Pipeline.Windows;

/// <summary>
/// What a stage knows of a shard beyond what it has stored: that it was silent up to a time, or that it has ended. Completeness is reckoned from Silver's,
/// and whether the stream's retention can have taken records away from either's; where to go on is not. As JSON its names are in snake case.
/// </summary>
/// <remarks>
/// A note that was true stays true, so that an older one, written late by a worker that lost the shard, costs freshness and nothing else. The note of
/// the end is an object of its own, created only if absent, so that no late worker takes it back.
/// </remarks>
public sealed record ShardNote
{
    /// <summary>The layout written today; readers refuse a greater one.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of this layout.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The stream's name.</summary>
    public required string Stream { get; init; }

    /// <summary>The shard's id.</summary>
    public required string Shard { get; init; }

    /// <summary>The shard's newest window when this was written; 0 for none, and in Bronze. The note says nothing until that window is loaded.</summary>
    public required long Ordinal { get; init; }

    /// <summary>The generation of the lake that wrote that window; 1 for none.</summary>
    public int Generation { get; init; } = WindowId.FirstGeneration;

    /// <summary>Every record of the shard that arrived up to this time, UTC, is in a window up to <see cref="Ordinal"/>.</summary>
    public required DateTimeOffset EmptyThrough { get; init; }

    /// <summary>The shard is closed and read to its end: nothing will ever follow.</summary>
    public bool IsEnded { get; init; }

    /// <summary>The shards it was split or merged into; empty for a shard that is open, or that ended without any.</summary>
    public IReadOnlyList<string> Children { get; init; } = [];
}
