namespace AirportOps.Pipeline.Loading;

/// <summary>A window that the warehouse's journal has.</summary>
/// <param name="Generation">The generation of the lake that wrote it.</param>
/// <param name="Ordinal">Its number in its shard.</param>
/// <param name="LastSequence">Sequence number of its last record.</param>
/// <param name="ManifestSha256">The hash of its manifest; null when it was loaded before the journal kept it.</param>
public sealed record LoadedWindow(int Generation, long Ordinal, string LastSequence, string? ManifestSha256);
