using System.Globalization;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// The names of a window's objects: <c>STREAM-SHARD-ORDINAL-HASH</c>, from the second generation on <c>STREAM-SHARD.gN-ORDINAL-HASH</c>; ids of
/// shards hold no dot.
/// </summary>
internal static class ObjectName
{
    /// <summary>The name without folder and suffix.</summary>
    /// <param name="window">The window.</param>
    /// <param name="sha256">SHA-256 of the content in hex; its first 16 digits are enough to tell two workers' objects apart.</param>
    internal static string Of(WindowId window, string sha256) => $"{Start(window)}{sha256[..16]}";

    /// <summary>What all objects of a window start with.</summary>
    internal static string Start(WindowId window) => window.Generation == WindowId.FirstGeneration
        ? $"{window.Stream}-{window.Shard}-{window.PaddedOrdinal}-"
        : string.Create(CultureInfo.InvariantCulture, $"{window.Stream}-{window.Shard}.g{window.Generation}-{window.PaddedOrdinal}-");
}
