using AirportOps.Pipeline.Windows;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Loading;

/// <summary>
/// Holds the warehouse's journal against the lake before a load goes on: the newest window the journal has of a shard must be the one the lake
/// has. So a lake restored older than the warehouse, or another lake, is named instead of loaded. For one caller.
/// </summary>
/// <param name="windows">The lake's manifests.</param>
/// <param name="staging">The warehouse.</param>
/// <param name="lake">The lake's location, for messages.</param>
internal sealed class JournalComparison(WindowStore windows, IStagingStore staging, string lake)
{
    /// <summary>Shards compared since this was made, with the generation that was live: what was loaded afterwards came from this lake.</summary>
    private readonly Dictionary<(string Stream, string Shard), int> _compared = [];

    /// <summary>How far a shard's chain in the lake is loaded.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="shard">The shard's id.</param>
    /// <param name="newest">The newest window of the shard in the journal; null for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The ordinal; 0 when none is loaded.</returns>
    /// <exception cref="PipelineException">The journal speaks of another lake, or of a newer state of this one.</exception>
    internal async Task<long> LoadedOrdinalAsync(string stream, string shard, LoadedWindow? newest, CancellationToken cancellationToken)
    {
        if (newest is null)
        {
            return 0;
        }

        var lineage = await windows.LineageAsync(cancellationToken).ConfigureAwait(false);
        var loaded = new WindowId(stream, shard, newest.Ordinal, newest.Generation);
        if (newest.Generation > lineage.Live)
        {
            throw Older(loaded, $"the lake {lake} is in generation {lineage.Live}");
        }

        // A generation may go on before windows that the warehouse has of an earlier one: what counts is loaded up to there.
        var ordinal = lineage.Has(loaded) ? newest.Ordinal : lineage.LastOf(newest.Generation, stream, shard) ?? 0;
        if (ordinal > 0 && _compared.GetValueOrDefault((stream, shard)) != lineage.Live)
        {
            var window = lineage.Window(stream, shard, ordinal);
            var row = window == loaded ? newest : await staging.FindLoadedAsync(window, cancellationToken).ConfigureAwait(false);
            await CompareAsync(window, row, cancellationToken).ConfigureAwait(false);
        }

        _compared[(stream, shard)] = lineage.Live;
        return ordinal;
    }

    private async Task CompareAsync(WindowId window, LoadedWindow? row, CancellationToken cancellationToken)
    {
        if (row is null)
        {
            throw new PipelineException(
                $"The warehouse's journal, ops.load_batch, has later windows of shard {window.Shard} and not {window}: a row of it is missing. "
                + "Restore the warehouse, or make it anew from Silver, as docs/deploy.md says.",
                Fault.Operator,
                null);
        }

        var manifest = await windows.TryReadAsync(window, cancellationToken).ConfigureAwait(false);
        if (manifest is null)
        {
            throw Older(window, $"the lake {lake} has not");
        }

        if (manifest.LastSequence != row.LastSequence || (row.ManifestSha256 is { } hash && hash != manifest.Sha256))
        {
            throw Older(window, $"the lake {lake} has another window of that name");
        }
    }

    private static PipelineException Older(WindowId loaded, string how) => new(
        $"The warehouse has loaded window {loaded}; {how}. If the lake was restored, run './airportops generation begin' on it; if it is another lake, "
        + "name the right one (--lake) or another warehouse (--warehouse). Nothing was loaded.",
        Fault.Operator,
        null);
}
