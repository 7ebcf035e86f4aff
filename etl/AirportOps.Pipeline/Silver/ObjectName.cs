using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Silver;

/// <summary>The names of a window's objects: <c>STREAM-SHARD-ORDINAL-HASH</c>.</summary>
internal static class ObjectName
{
    /// <summary>The name without folder and suffix.</summary>
    /// <param name="window">The window.</param>
    /// <param name="hash">16 hex digits of the SHA-256 of the content.</param>
    internal static string Of(WindowId window, string hash) => $"{Start(window)}{hash}";

    /// <summary>What all objects of a window start with.</summary>
    internal static string Start(WindowId window) => $"{window.Stream}-{window.Shard}-{window.PaddedOrdinal}-";
}
