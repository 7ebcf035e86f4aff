using System.Globalization;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>The name of a Bronze object, which says what is in it: <c>bronze/STREAM/date=2026-03-01/hour=14/SHARD-FIRST-LAST.jsonl.gz</c>.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Hour">The hour in which all its records arrived, UTC.</param>
/// <param name="Shard">The shard's id, which may have hyphens.</param>
/// <param name="First">Sequence number of its first record.</param>
/// <param name="Last">Sequence number of its last record.</param>
/// <remarks>Numbers are not padded: nobody may rely on the order of names, which for numbers of unequal length is another.</remarks>
internal readonly record struct BronzeKey(string Stream, DateTimeOffset Hour, string Shard, SequenceNumber First, SequenceNumber Last)
{
    public const string Root = "bronze/";

    private const string Extension = ".jsonl.gz";
    private const string DateFolder = "'date='yyyy-MM-dd";
    private const string HourFolder = "'date='yyyy-MM-dd'/hour='HH";

    public static string StreamPrefix(string stream) => $"{Root}{stream}/";

    public static string DatePrefix(string stream, DateOnly date) =>
        $"{StreamPrefix(stream)}{date.ToString(DateFolder, CultureInfo.InvariantCulture)}/";

    public static string HourPrefix(string stream, DateTimeOffset hour) =>
        $"{StreamPrefix(stream)}{hour.ToString(HourFolder, CultureInfo.InvariantCulture)}/";

    /// <summary>The hour an instant lies in.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset arrived) => new(arrived.UtcTicks - (arrived.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>Reads a name; null when it is not one of these.</summary>
    public static BronzeKey? TryParse(string key) => TryParse(key, Extension);

    /// <summary>Reads a name that ends otherwise.</summary>
    internal static BronzeKey? TryParse(string key, string extension)
    {
        if (key.Split('/') is not ["bronze", var stream, var date, var hour, var name]
            || !name.EndsWith(extension, StringComparison.Ordinal)
            || !DateTimeOffset.TryParseExact(
                $"{date}/{hour}", HourFolder, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var arrived))
        {
            return null;
        }

        name = name[..^extension.Length];
        var beforeLast = name.LastIndexOf('-');
        var beforeFirst = beforeLast > 0 ? name.LastIndexOf('-', beforeLast - 1) : -1;
        return beforeFirst > 0
            && SequenceNumber.TryParse(name[(beforeFirst + 1)..beforeLast], out var first)
            && SequenceNumber.TryParse(name[(beforeLast + 1)..], out var last)
                ? new BronzeKey(stream, arrived, name[..beforeFirst], first, last)
                : null;
    }

    public override string ToString() => $"{HourPrefix(Stream, Hour)}{Shard}-{First}-{Last}{Extension}";
}
