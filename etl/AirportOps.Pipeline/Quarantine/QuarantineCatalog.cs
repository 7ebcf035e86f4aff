using System.Runtime.CompilerServices;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>Everything in the quarantine that a window's manifest names, and what replays have made of it.</summary>
/// <param name="lake">The lake.</param>
public sealed class QuarantineCatalog(ILake lake)
{
    /// <summary>The lines that match, by stream, shard and window.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="withResolved">Whether those that a replay resolved are wanted too.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PipelineException">A manifest or an object is damaged.</exception>
    public async IAsyncEnumerable<QuarantineEntry> ReadAsync(
        QuarantineFilter filter,
        bool withResolved,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        foreach (var stream in await new WindowStore(lake).ListStreamsAsync(cancellationToken).ConfigureAwait(false))
        {
            var quarantine = await StreamQuarantine.OpenAsync(lake, stream, cancellationToken).ConfigureAwait(false);
            foreach (var shard in quarantine.Shards)
            {
                await foreach (var entry in shard.ReadAsync(filter, withResolved, cancellationToken).ConfigureAwait(false))
                {
                    yield return entry;
                }
            }
        }
    }
}
