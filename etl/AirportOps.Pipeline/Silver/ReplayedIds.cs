using AirportOps.Cleaning.Seen;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// The ids that replays accepted from the quarantines of a shard and of its parents: a later event with such an id is a duplicate, or in
/// conflict, as if the replayed one had been clean when it arrived. For one caller.
/// </summary>
/// <param name="lake">The lake that holds the ids.</param>
/// <param name="windows">The manifests.</param>
/// <param name="stream">The stream's name.</param>
/// <param name="shards">The shard and its parents.</param>
internal sealed class ReplayedIds(ILake lake, WindowStore windows, string stream, IReadOnlyList<string> shards)
{
    private readonly long[] _read = new long[shards.Count];

    /// <summary>Whether the ends of the chains were looked at, which costs a list each: once, as replays are committed one by one.</summary>
    private bool _wasCalled;

    /// <summary>
    /// Adds what was replayed since the last call; when nothing was, it costs one read that finds nothing for each shard. Between two windows
    /// only: within one, the ids known would not follow from the manifests.
    /// </summary>
    /// <param name="seen">Takes the ids that can still matter.</param>
    /// <param name="newest">The shard's newest window; null when it has none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal async Task AddNewAsync(SeenEvents seen, WindowManifest? newest, CancellationToken cancellationToken)
    {
        var oldest = newest?.LastArrived - seen.Retention;
        for (var i = 0; i < shards.Count; i++)
        {
            await foreach (var window in windows.ReadFromAsync(stream, ReplayShard.Of(shards[i]), _read[i] + 1, withEnd: !_wasCalled, cancellationToken).ConfigureAwait(false))
            {
                if (window.Ids is not null && !(window.LastArrived < oldest))
                {
                    foreach (var accepted in WindowIds.Read(window.Ids.Key, await StoredObject.GetAsync(lake, window.Ids, cancellationToken).ConfigureAwait(false)))
                    {
                        // Asked for rather than added: an event accepted later with the same id stays the one that is remembered.
                        seen.TryAccept(accepted);
                    }
                }

                _read[i] = window.Ordinal;
            }
        }

        _wasCalled = true;
    }
}
