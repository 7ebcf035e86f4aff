using AirportOps.Cleaning.Seen;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// Reads back the ids that the windows of a shard, and of the shards it came from, accepted within the horizon.
/// </summary>
/// <param name="lake">The lake that holds the ids.</param>
/// <param name="windows">The manifests.</param>
/// <param name="horizon">For how long of arrival ids are remembered.</param>
/// <param name="limit">How many stay in memory.</param>
internal sealed class SeenEventsLoader(ILake lake, WindowStore windows, TimeSpan horizon, SeenLimit limit)
{
    /// <summary>The newest windows of the shard that were read for their ids, for the search for orphans.</summary>
    internal List<SweptWindow> Newest { get; } = [];

    /// <summary>Loads the ids in the order in which they were accepted.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="shard">The shard to go on with.</param>
    /// <param name="newest">Its newest window; null when it has none, and then its parents' ids are inherited.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The ids; the caller disposes of them.</returns>
    /// <exception cref="PipelineException">A window of the horizon is missing or does not link to the one before; its ids are missing or damaged.</exception>
    /// <exception cref="IOException">What is beyond the limit can't be written.</exception>
    internal async Task<SeenEvents> LoadAsync(string stream, Shard shard, WindowManifest? newest, CancellationToken cancellationToken)
    {
        var remembered = new List<WindowManifest>();
        await CollectAsync(newest, isOwn: true, remembered, cancellationToken).ConfigureAwait(false);
        foreach (var parent in shard.ParentIds)
        {
            var last = await windows.NewestAsync(stream, parent, cancellationToken).ConfigureAwait(false);
            await CollectAsync(last, isOwn: false, remembered, cancellationToken).ConfigureAwait(false);
        }

        var seen = new SeenEvents(horizon, limit);
        try
        {
            foreach (var window in remembered.OrderBy(window => window.FirstArrived).ThenBy(window => window.Ordinal))
            {
                foreach (var accepted in WindowIds.Read(window.Ids!.Key, await StoredObject.GetAsync(lake, window.Ids, cancellationToken).ConfigureAwait(false)))
                {
                    seen.Add(accepted);
                }
            }

            return seen;
        }
        catch
        {
            seen.Dispose();
            throw;
        }
    }

    /// <summary>The windows with ids from the newest back to the horizon, and its slack, before the newest's last arrival.</summary>
    private async Task CollectAsync(WindowManifest? newest, bool isOwn, List<WindowManifest> remembered, CancellationToken cancellationToken)
    {
        var oldest = newest?.LastArrived - horizon - SeenEvents.Slack;
        for (var window = newest; window is not null && window.LastArrived >= oldest;)
        {
            if (isOwn && Newest.Count < OrphanSweeper.MaxWindowsBack)
            {
                Newest.Add(new SweptWindow(window.Ordinal, [.. window.ObjectKeys()]));
            }

            if (window.Ids is not null)
            {
                remembered.Add(window);
            }

            if (window.Ordinal == 1)
            {
                return;
            }

            var before = await windows.TryReadAsync(window.Stream, window.Shard, window.Ordinal - 1, cancellationToken).ConfigureAwait(false);
            if (before is null)
            {
                await windows.CheckEndAsync(window.Stream, window.Shard, window.Ordinal - 1, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                WindowChain.Check(before, window);
            }

            window = before;
        }
    }
}
