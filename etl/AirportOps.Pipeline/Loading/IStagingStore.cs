using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Loading;

/// <summary>The warehouse as the loader sees it: Silver windows go in, each wholly or not at all, each once.</summary>
public interface IStagingStore
{
    /// <summary>
    /// The newest window of each shard of a stream that is in staging, of the latest generation that any was loaded of; shards without any are not in it.
    /// </summary>
    /// <remarks>Windows are loaded in the order of their shard, so every earlier one of the lake's chain is there too.</remarks>
    Task<IReadOnlyDictionary<string, LoadedWindow>> LoadedUpToAsync(string stream, CancellationToken cancellationToken);

    /// <summary>What the journal says of one window; null when it is not in staging.</summary>
    Task<LoadedWindow?> FindLoadedAsync(WindowId window, CancellationToken cancellationToken);

    /// <summary>
    /// Loads windows and their journal rows in one transaction. A window that is there already is passed over; a row whose event_id
    /// staging already has (it arrived on another shard too) is dropped and counted.
    /// </summary>
    /// <param name="windows">In the order of their shards.</param>
    /// <param name="lake">The lake that holds their files.</param>
    /// <param name="cancellationToken">Cancelled before the commit, nothing of the windows is there.</param>
    Task<LoadOutcome> LoadAsync(IReadOnlyList<WindowManifest> windows, ILake lake, CancellationToken cancellationToken);

    /// <summary>
    /// Notes in the books that shards were silent, or have ended. An older note than the books have changes nothing; an end is never taken back.
    /// </summary>
    Task TakeNotesAsync(IReadOnlyList<ShardNote> notes, CancellationToken cancellationToken);
}
