namespace AirportOps.Pipeline.Windows;

/// <summary>
/// The commit of a window: what it read, what it wrote, and what became of every event in it. Objects that no manifest names do not exist.
/// Never changed once written. As JSON its names are in snake case.
/// </summary>
/// <remarks>
/// No moment of the cleaning itself is in it: the same records cleaned under the same rules give the same manifest, byte for byte.
/// </remarks>
public sealed record WindowManifest
{
    /// <summary>The version of this layout; readers refuse a greater one than they know.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The layout written today: 2 has generation, links and hashes. Manifests of layout 1 are read on.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The first layout whose manifests carry a hash of themselves.</summary>
    internal const int FirstSealedVersion = 2;

    /// <summary>The stream's name.</summary>
    public required string Stream { get; init; }

    /// <summary>The shard's id.</summary>
    public required string Shard { get; init; }

    /// <summary>The window's number in its shard, from 1 without gaps.</summary>
    public required long Ordinal { get; init; }

    /// <summary>The generation of the lake that wrote it, from 1; layout 1 knows only the first.</summary>
    public int Generation { get; init; } = WindowId.FirstGeneration;

    /// <summary>
    /// The link to the window before: its last sequence number. Null in the first window of a shard, in a replay window, whose lines lie
    /// anywhere, and in layout 1.
    /// </summary>
    public string? LastSequenceBefore { get; init; }

    /// <summary>Sequence number of the first record, in decimal digits.</summary>
    public required string FirstSequence { get; init; }

    /// <summary>Sequence number of the last record; the next window starts after it.</summary>
    public required string LastSequence { get; init; }

    /// <summary>When the first record arrived on the stream, UTC.</summary>
    public required DateTimeOffset FirstArrived { get; init; }

    /// <summary>When the last record arrived on the stream, UTC.</summary>
    public required DateTimeOffset LastArrived { get; init; }

    /// <summary>
    /// How far the window's rows have come in event time, UTC: the greatest event_time that does not lie behind its own arrival, or, where all do, the
    /// last arrival. Null when it has no rows, and in a replay window: it says how far a shard has come, and a replay takes no shard further.
    /// </summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>The greatest <see cref="Watermark"/> of all earlier windows of the shard, UTC; null when there is none.</summary>
    public DateTimeOffset? WatermarkBefore { get; init; }

    /// <summary>Rows whose event_time lies before <see cref="WatermarkBefore"/>: they came late, and are in the partition of their date all the same.</summary>
    public long LateRows { get; init; }

    /// <summary>How far the latest of them lies before it, in seconds; 0 when none came late.</summary>
    public double MaxLatenessSeconds { get; init; }

    /// <summary>
    /// The shard has ended with this window: it is closed, and nothing lies behind <see cref="LastSequence"/>. False says nothing: a shard may end without
    /// a last record, and then <see cref="ShardNote.IsEnded"/> alone tells.
    /// </summary>
    public bool ShardEnded { get; init; }

    /// <summary>A hole in front of the window, accepted by who started Silver; null for none.</summary>
    public WindowGap? Gap { get; init; }

    /// <summary>
    /// Ordinal of the newest window of the shard with a hole in front of it, this one included; null for none. Carried from window to window, so that the
    /// newest manifest tells where to look. Manifests of earlier programs leave it out.
    /// </summary>
    public long? LastGapOrdinal { get; init; }

    /// <summary>What became of the window's records and events.</summary>
    public required WindowLedger Ledger { get; init; }

    /// <summary>The Parquet files, by entity and event date.</summary>
    public required IReadOnlyList<WindowFile> Files { get; init; }

    /// <summary>The quarantine files, by date of arrival.</summary>
    public required IReadOnlyList<WindowObject> Quarantine { get; init; }

    /// <summary>The ids accepted in this window; null when there are none.</summary>
    public WindowObject? Ids { get; init; }

    /// <summary>What a replay took out of the quarantine; null in every other window.</summary>
    public WindowReplay? Replayed { get; init; }

    /// <summary>The version of the cleaning rules.</summary>
    public required string Rules { get; init; }

    /// <summary>The version of the reference tables and of the time zone rules.</summary>
    public required string Reference { get; init; }

    /// <summary>
    /// SHA-256 over the manifest without this field, in lower-case hex; it is the last field, and tells a reader that all others are as they
    /// were written. Of a manifest of layout 1, which has none: over all its bytes. Null until it is written or read.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>
    /// The greatest watermark up to and with this window, UTC; null when no window had a row. Never later than the last arrival, which earlier programs
    /// let a clock that was ahead pass.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset? WatermarkAfter =>
        (Watermark is null || WatermarkBefore > Watermark ? WatermarkBefore : Watermark) is not { } reached ? null
        : reached > LastArrived ? LastArrived
        : reached;

    /// <summary>The window's name.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public WindowId Id => new(Stream, Shard, Ordinal, Generation);

    /// <summary>All objects it names, of Parquet files the rows as entries.</summary>
    internal IEnumerable<WindowObject> Objects() =>
        Files.Select(file => new WindowObject(file.Key, file.Rows, file.Bytes, file.Sha256)).Concat(Quarantine).Concat(Ids is null ? [] : [Ids]);

    /// <summary>The keys of all objects it names.</summary>
    internal IEnumerable<string> ObjectKeys() => Objects().Select(named => named.Key);
}
