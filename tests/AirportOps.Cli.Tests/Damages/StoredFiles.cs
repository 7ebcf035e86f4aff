using System.Text.Json;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests.Damages;

/// <summary>The files of a pipeline by what they are.</summary>
internal sealed class StoredFiles(TestFolder folder)
{
    internal string Lake => folder[".airportops/lake"];

    /// <summary>The shard with most windows.</summary>
    internal string Shard => ShardsByWindows()[0];

    internal string OtherShard => ShardsByWindows()[1];

    internal int Windows(string shard) => Directory.GetFiles(WindowsFolder(shard), "*.json").Length;

    internal string Manifest(string shard, int ordinal) => Path.Combine(WindowsFolder(shard), $"{ordinal:D12}.json");

    /// <summary>An object that a manifest names.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="kind"><c>files</c>, <c>quarantine</c> or <c>ids</c>.</param>
    /// <param name="from">The first window whose objects count.</param>
    internal string Object(string shard, string kind, int from)
    {
        for (var ordinal = from; ; ordinal++)
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(Manifest(shard, ordinal)));
            if (!manifest.RootElement.TryGetProperty(kind, out var named))
            {
                continue;
            }

            var found = named.ValueKind == JsonValueKind.Array ? named.EnumerateArray().ToList() : [named];
            if (found.Count > 0)
            {
                return Path.Combine(Lake, found[0].GetProperty("key").GetString()!);
            }
        }
    }

    /// <summary>The Bronze objects of a shard, in order.</summary>
    internal IReadOnlyList<string> Bronze(string shard) =>
    [
        .. Directory.GetFiles(Path.Combine(Lake, "bronze"), $"{shard}-*.jsonl.gz", SearchOption.AllDirectories)
            .OrderBy(path => ulong.Parse(Path.GetFileName(path)[(shard.Length + 1)..].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture)),
    ];

    /// <summary>The files of a shard's log, in order.</summary>
    internal IReadOnlyList<string> Log(string shard) =>
        [.. Directory.GetFiles(folder[".airportops/stream"], "*.log", SearchOption.AllDirectories).Where(path => path.Contains($"/{shard}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private List<string> ShardsByWindows() =>
    [
        .. Directory.GetDirectories(Directory.GetDirectories(Path.Combine(Lake, "silver/_windows")).Single())
            .OrderByDescending(shard => Directory.GetFiles(shard, "*.json").Length).Select(shard => Path.GetFileName(shard)!),
    ];

    private string WindowsFolder(string shard) => Path.Combine(Directory.GetDirectories(Path.Combine(Lake, "silver/_windows")).Single(), shard);
}
