using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// Deletes what a worker that died before its commit has left behind: objects of the ordinal this worker started with that its manifest does not
/// name. The dead worker read the same records from the same place on, so its objects lie in folders that the first windows after the
/// restart write to; only those are looked through.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="restartedAt">The first window after the restart.</param>
/// <param name="maxRecords">The most records the dead worker's window can have had.</param>
internal sealed class OrphanSweeper(ILake lake, WindowId restartedAt, long maxRecords)
{
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sweptFolders = new(StringComparer.Ordinal);
    private long _records;

    /// <summary>Looks through the folders of a window just committed. Deleting is safe: the ordinal is taken, nobody can commit it any more.</summary>
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

        foreach (var folder in keys.Select(key => key[..(key.LastIndexOf('/') + 1)]).Where(_sweptFolders.Add))
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
}
