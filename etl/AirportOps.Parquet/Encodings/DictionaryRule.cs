namespace AirportOps.Parquet.Encodings;

/// <summary>
/// When a column chunk is dictionary-encoded: its dictionary stays within the byte limit, and dictionary and indexes together are smaller
/// than the plain values. A chunk is one or the other as a whole, since all its values are at hand before its first page is written.
/// Unique values (identifiers, instants) are given up early, so that they cost a sample and not a pass.
/// </summary>
internal static class DictionaryRule
{
    /// <summary>After this many values the repeats among them tell what is to come.</summary>
    internal const int SampleSize = 4096;

    /// <summary>
    /// Fewer repeats in the sample than this point (n² / 2r) at more than 131,000 different values, whose dictionary would pass a limit
    /// of 1 MiB anyway.
    /// </summary>
    internal const int FewestRepeats = 64;

    /// <summary>Two page headers where plain pages have one.</summary>
    private const int HeaderBytes = 24;

    internal static bool IsHopeless(int seen, int entries) => seen == SampleSize && seen - entries < FewestRepeats;

    /// <summary>Searching gets slow only when hashes collide, by chance or by intent; then plain is the way out.</summary>
    internal static bool IsCrowded(long collisions, int seen) => collisions > 4096 + (8L * seen);

    internal static bool Pays(int values, int entries, long dictionaryBytes, long plainBytes) =>
        HeaderBytes + dictionaryBytes + (((long)values * IndexWidth(entries)) + 7) / 8 < plainBytes;

    /// <summary>
    /// Bits of an index. One entry would do with none, but readers differ on width 0, and a run of any length costs one byte more.
    /// </summary>
    internal static int IndexWidth(int entries) => Math.Max(1, 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(entries - 1)));
}
