using System.Globalization;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Chaos.Checks;

/// <summary>The Parquet files of Silver held against the manifests: a reader that takes every file there is must count no row twice.</summary>
internal static class SilverObjects
{
    private const string Silver = "silver/";
    private const string Suffix = ".parquet";

    /// <summary>Files that no manifest names, but those of an ordinal that nobody has committed yet: a slow worker may still do so.</summary>
    internal static async Task<IReadOnlyList<string>> StrayAsync(ILake lake, CancellationToken cancellationToken)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var committed = new List<string>();
        await foreach (var manifest in new WindowStore(lake).ReadAllAsync(cancellationToken))
        {
            named.UnionWith(manifest.Files.Select(file => file.Key));
            committed.Add($"{manifest.Stream}-{manifest.Shard}-{manifest.Id.PaddedOrdinal}-");
        }

        var stray = new List<string>();
        var taken = committed.ToHashSet(StringComparer.Ordinal);
        await foreach (var found in lake.ListAsync(Silver, null, cancellationToken))
        {
            var name = found.Key[(found.Key.LastIndexOf('/') + 1)..];
            if (found.Key.EndsWith(Suffix, StringComparison.Ordinal) && !named.Contains(found.Key) && taken.Contains(name[..(name.LastIndexOf('-') + 1)]))
            {
                stray.Add(found.Key);
            }
        }

        return stray.Count == 0
            ? []
            :
            [
                string.Create(CultureInfo.InvariantCulture, $"Silver has {stray.Count} files that no manifest names, ")
                + $"whose rows a reader of all files counts twice; the first is {stray[0]}",
            ];
    }
}
