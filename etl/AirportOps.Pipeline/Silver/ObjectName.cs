using System.Globalization;
using AirportOps.Cleaning;
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
    internal static string Start(WindowId window) => $"{OfShard(window)}{window.PaddedOrdinal}-";

    /// <summary>What all objects of a window's shard and generation start with; the ordinal follows.</summary>
    internal static string OfShard(WindowId window) => window.Generation == WindowId.FirstGeneration
        ? $"{window.Stream}-{window.Shard}-"
        : string.Create(CultureInfo.InvariantCulture, $"{window.Stream}-{window.Shard}.g{window.Generation}-");

    /// <summary>Where windows' objects lie.</summary>
    internal static IReadOnlyList<string> Prefixes { get; } = [.. EntityNames.All.Select(entity => $"silver/{entity.Name()}/"), "silver/_ids/", "quarantine/"];

    /// <summary>The ordinal in a name, of which <see cref="OfShard"/> is cut off; null when there is none.</summary>
    internal static long? OrdinalOf(ReadOnlySpan<char> rest) =>
        rest.IndexOf('-') is var end and > 0 && long.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) ? ordinal : null;
}
