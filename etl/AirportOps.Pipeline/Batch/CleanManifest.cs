using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Batch;

/// <summary>
/// What a finished <c>clean</c> made: <c>_clean.json</c> in its folder. A folder without it holds no result. No moment of the cleaning itself is in it,
/// so the same input gives the same bytes.
/// </summary>
public sealed record CleanManifest
{
    /// <summary>The manifest's name in the folder.</summary>
    public const string FileName = "_clean.json";

    /// <summary>The layout written today.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of this layout; readers refuse a greater one than they know.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>What was read, in order.</summary>
    public required IReadOnlyList<CleanedInput> Inputs { get; init; }

    /// <summary>The greatest event_time among the rows, UTC; null without rows.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>What became of all records and events.</summary>
    public required WindowLedger Ledger { get; init; }

    /// <summary>The Parquet files, by entity and event date.</summary>
    public required IReadOnlyList<CleanedFile> Files { get; init; }

    /// <summary>The quarantine files, by date of arrival.</summary>
    public required IReadOnlyList<WindowObject> Quarantine { get; init; }

    /// <summary>The version of the cleaning rules.</summary>
    public required string Rules { get; init; }

    /// <summary>The version of the reference tables and of the time zone rules.</summary>
    public required string Reference { get; init; }
}
