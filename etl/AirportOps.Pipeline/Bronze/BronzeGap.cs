using System.Text.Json;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Bronze;

/// <summary>
/// Bronze's record of a hole that the stream's retention left in a shard: <c>SHARD-AFTER-FIRST.gap.json</c> in the hour of the first record behind it,
/// created only if absent, before that record is put.
/// </summary>
internal static class BronzeGap
{
    private const string Extension = ".gap.json";

    /// <summary>Reads a name; First is the last record before the hole, Last the first behind it. Null when it is not one of these.</summary>
    public static BronzeKey? TryParse(string key) => BronzeKey.TryParse(key, Extension);

    /// <summary>Whether a key is of what lies beside an archive's objects and holds no records: a record of a hole, a note on a shard.</summary>
    public static bool IsBesideRecords(string key) => key.EndsWith(Extension, StringComparison.Ordinal) || key.Split('/').Contains(ShardNotes.Folder);

    /// <summary>Records a hole.</summary>
    public static Task PutAsync(ILake lake, string stream, string shard, WindowGap gap, CancellationToken cancellationToken)
    {
        var folder = BronzeKey.HourPrefix(stream, BronzeKey.HourOf(gap.UntilArrived));
        return lake.PutAsync(
            $"{folder}{shard}-{gap.After}-{gap.FirstAvailable}{Extension}",
            JsonSerializer.SerializeToUtf8Bytes(gap, WindowJson.Default.WindowGap),
            PutMode.IfAbsent,
            cancellationToken);
    }
}
