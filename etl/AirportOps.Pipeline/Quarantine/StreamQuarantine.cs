using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>The quarantine of a stream and the ids its windows accepted, as the manifests had them at one moment.</summary>
/// <param name="Shards">By shard, in the order of their ids.</param>
/// <param name="Accepted">Windows of any shard that accepted events, replays among them.</param>
internal sealed record StreamQuarantine(IReadOnlyList<ShardQuarantine> Shards, IReadOnlyList<AcceptedWindow> Accepted)
{
    /// <summary>Reads the manifests of a stream.</summary>
    /// <exception cref="PipelineException">A manifest is damaged.</exception>
    internal static async Task<StreamQuarantine> OpenAsync(ILake lake, string stream, CancellationToken cancellationToken)
    {
        var windows = new WindowStore(lake);
        var shards = new SortedDictionary<string, ShardQuarantine>(StringComparer.Ordinal);
        var accepted = new List<AcceptedWindow>();
        foreach (var listed in await windows.ListShardsAsync(stream, cancellationToken).ConfigureAwait(false))
        {
            var original = ReplayShard.OriginalOf(listed);
            if (!shards.TryGetValue(original, out var quarantine))
            {
                shards.Add(original, quarantine = new ShardQuarantine(lake, stream, original));
            }

            await foreach (var window in windows.ReadAllAsync(stream, listed, cancellationToken).ConfigureAwait(false))
            {
                quarantine.Add(window);
                if (window.Ids is { } ids)
                {
                    accepted.Add(new AcceptedWindow(window.FirstArrived, window.LastArrived, ids));
                }
            }
        }

        return new StreamQuarantine([.. shards.Values], accepted);
    }
}
