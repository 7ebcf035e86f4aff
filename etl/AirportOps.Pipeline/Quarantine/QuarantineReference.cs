using System.Globalization;
using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>Names a line of the quarantine.</summary>
/// <param name="Key">The object.</param>
/// <param name="Line">Its number in the object, from 1.</param>
public readonly record struct QuarantineReference(string Key, long Line)
{
    private const string Folder = "quarantine/";
    private const string Suffix = ".jsonl.gz";

    /// <summary>Reads what <see cref="ToString"/> gives, or <c>KEY:LINE</c> with the whole key.</summary>
    public static bool TryParse(string text, out QuarantineReference reference)
    {
        ArgumentNullException.ThrowIfNull(text);
        reference = default;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line) || line < 1)
        {
            return false;
        }

        var key = text[..colon];
        key = key.StartsWith(Folder, StringComparison.Ordinal) ? key : Folder + key;
        key = key.EndsWith(Suffix, StringComparison.Ordinal) ? key : key + Suffix;
        reference = new QuarantineReference(key, line);
        return true;
    }

    /// <summary>All lines that a replay resolved.</summary>
    /// <exception cref="PipelineException">The numbers can't be read.</exception>
    internal static IEnumerable<QuarantineReference> Of(ResolvedLines resolved) =>
        Of(resolved.Key, resolved.Rows).Concat(Of(resolved.Key, resolved.Duplicates));

    /// <summary>Lines of an object by their numbers as text.</summary>
    /// <exception cref="PipelineException">The numbers can't be read.</exception>
    internal static IReadOnlyList<QuarantineReference> Of(string key, string? lines)
    {
        try
        {
            return [.. LineNumbers.Parse(lines).Select(line => new QuarantineReference(key, line))];
        }
        catch (Exception damaged) when (damaged is FormatException or OverflowException)
        {
            throw new PipelineException($"The manifest of a replay resolves lines '{lines}' of {key}: {damaged.Message} Restore the lake as docs/deploy.md says.", Fault.Operator, damaged);
        }
    }

    /// <summary>The short form, <c>date=2026-03-01/STREAM-SHARD-ORDINAL-HASH:LINE</c>.</summary>
    public override string ToString()
    {
        var start = Key.StartsWith(Folder, StringComparison.Ordinal) ? Folder.Length : 0;
        var end = Key.EndsWith(Suffix, StringComparison.Ordinal) ? Key.Length - Suffix.Length : Key.Length;
        return string.Create(CultureInfo.InvariantCulture, $"{Key[start..end]}:{Line}");
    }
}
