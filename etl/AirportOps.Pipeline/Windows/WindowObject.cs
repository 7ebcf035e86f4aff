namespace AirportOps.Pipeline.Windows;

/// <summary>An object of a window that is not a table file.</summary>
/// <param name="Key">Where it lies in the lake.</param>
/// <param name="Entries">How many lines or entries it holds, at least 1.</param>
/// <param name="Bytes">Its exact size as stored.</param>
/// <param name="Sha256">SHA-256 of its content as stored, in lower-case hex; null in a manifest of layout 1.</param>
public sealed record WindowObject(string Key, long Entries, long Bytes, string? Sha256 = null);
