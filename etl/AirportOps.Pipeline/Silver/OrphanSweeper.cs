using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// Deletes objects of a shard that no manifest names: what a worker that died before its commit has left, or one that lost the race for an ordinal
/// and did not come to clean up. Only objects of ordinals that are taken go, as nobody can commit those any more; and only folders that windows
/// at hand write to are looked through, since whoever made the orphans read the same records.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="restartedAt">The first window after the restart.</param>
/// <param name="maxRecords">The most records the dead worker's window can have had.</param>
internal sealed class OrphanSweeper(ILake lake, WindowId restartedAt, long maxRecords)
{
    /// <summary>How many windows before the restart are looked at.</summary>
    internal const int MaxWindowsBack = 1_000;

    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sweptFolders = new(StringComparer.Ordinal);
    private long _records;

    /// <summary>Looks through the folders of a window just committed.</summary>
    internal async Task SweepAsync(WindowManifest committed, CancellationToken cancellationToken)
    {
        if (_records >= maxRecords)
        {
            return;
        }

        _records += committed.Ledger.Records;
        var keys = committed.ObjectKeys().ToArray();
        if (committed.Id == restartedAt)
        {
            _named.UnionWith(keys);
        }

        foreach (var folder in keys.Select(FolderOf).Where(_sweptFolders.Add))
        {
            await foreach (var found in lake.ListAsync(folder + ObjectName.Start(restartedAt), null, cancellationToken).ConfigureAwait(false))
            {
                if (!_named.Contains(found.Key))
                {
                    await lake.DeleteAsync(found.Key, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>
    /// Looks through the folders of the windows before the restart, of every generation: an earlier one's object of an ordinal that the chain has
    /// from another generation is in nobody's chain.
    /// </summary>
    /// <param name="windows">The newest windows of the shard's chain, without gaps.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    internal async Task SweepBackAsync(IReadOnlyCollection<SweptWindow> windows, CancellationToken cancellationToken)
    {
        if (windows.Count == 0)
        {
            return;
        }

        var (oldest, newest) = (windows.Min(window => window.Ordinal), windows.Max(window => window.Ordinal));
        var named = windows.SelectMany(window => window.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in named.Select(FolderOf).Distinct(StringComparer.Ordinal).ToList())
        {
            for (var generation = WindowId.FirstGeneration; generation <= restartedAt.Generation; generation++)
            {
                var prefix = folder + ObjectName.OfShard(restartedAt with { Generation = generation });
                var from = folder + ObjectName.Start(restartedAt with { Generation = generation, Ordinal = oldest });
                await foreach (var found in lake.ListAsync(prefix, from, cancellationToken).ConfigureAwait(false))
                {
                    if (ObjectName.OrdinalOf(found.Key.AsSpan(prefix.Length)) is { } ordinal && ordinal >= oldest && ordinal <= newest && !named.Contains(found.Key))
                    {
                        await lake.DeleteAsync(found.Key, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
        }
    }

    private static string FolderOf(string key) => key[..(key.LastIndexOf('/') + 1)];
}

/// <summary>A window that is looked at for orphans.</summary>
/// <param name="Ordinal">Its number.</param>
/// <param name="Keys">The objects its manifest names.</param>
internal sealed record SweptWindow(long Ordinal, IReadOnlyList<string> Keys);
