namespace AirportOps.Pipeline.Windows;

/// <summary>
/// The pseudo-shard that holds the windows replayed from a shard's quarantine: <c>SHARD.replay</c>. No stream has such a shard, ids of shards
/// hold no dot.
/// </summary>
public static class ReplayShard
{
    private const string Suffix = ".replay";

    /// <summary>The pseudo-shard of a shard.</summary>
    public static string Of(string shard) => shard + Suffix;

    /// <summary>The shard that a shard's windows speak of: of a pseudo-shard the one it was replayed from, else itself.</summary>
    public static string OriginalOf(string shard) => IsReplay(shard) ? shard[..^Suffix.Length] : shard;

    /// <summary>Whether a shard is such a pseudo-shard.</summary>
    public static bool IsReplay(string shard) => shard.EndsWith(Suffix, StringComparison.Ordinal);
}
