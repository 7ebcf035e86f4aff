using System.Globalization;

namespace AirportOps.Pipeline.Windows;

/// <summary>Reads the keys of manifests; what is none of them under their prefix is a stray.</summary>
internal static class WindowKey
{
    private const string Extension = ".json";

    /// <summary>The window whose manifest a key names; null for a key of another form.</summary>
    internal static WindowId? TryParse(string key)
    {
        if (!key.StartsWith(WindowStore.Prefix, StringComparison.Ordinal) || !key.EndsWith(Extension, StringComparison.Ordinal))
        {
            return null;
        }

        var (stream, shard, generation, ordinal) = key[WindowStore.Prefix.Length..^Extension.Length].Split('/') switch
        {
            [var ofStream, var ofShard, var number] => (ofStream, ofShard, (int?)WindowId.FirstGeneration, number),
            [var ofStream, var ofShard, ['g', .. var digits], var number] => (ofStream, ofShard, (int?)Number(digits), number),
            _ => ("", "", null, ""),
        };
        if (generation is null || Number(ordinal) is not { } parsed)
        {
            return null;
        }

        var window = new WindowId(stream, shard, parsed, generation.Value);
        return window.ManifestKey == key ? window : null;
    }

    private static long? Number(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
