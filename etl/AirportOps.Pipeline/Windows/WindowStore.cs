using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AirportOps.Lake;
using AirportOps.Reliability;
using Microsoft.Extensions.Logging;

namespace AirportOps.Pipeline.Windows;

/// <summary>The manifests of a lake: which windows there are, and the creation of the next one. Safe for concurrent use.</summary>
/// <param name="lake">The lake that holds Silver.</param>
/// <remarks>
/// A shard's windows are one chain. Whoever reads a part of it is told of a missing link by an exception that names it; the end of the chain is
/// where no later manifest lies, never where one is missing.
/// </remarks>
public sealed class WindowStore(ILake lake)
{
    /// <summary>Where manifests lie: <c>silver/_windows/STREAM/SHARD/ORDINAL.json</c>, later generations under <c>SHARD/gN/</c>.</summary>
    public const string Prefix = "silver/_windows/";

    private readonly ConcurrentDictionary<string, bool> _strays = new(StringComparer.Ordinal);

    /// <summary>Folders that have a manifest below them: one that had keeps it.</summary>
    private readonly ConcurrentDictionary<string, bool> _folders = new(StringComparer.Ordinal);
    private Lineage? _lineage;

    /// <summary>The manifests of a lake, with a log that is told of strays.</summary>
    public static WindowStore Open(ILake lake, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(lake);
        return new WindowStore(lake) { StrayFound = key => Log.Stray(logger, key, lake.Location) };
    }

    /// <summary>Told, once each, of objects under <see cref="Prefix"/> that are no manifests; they are passed over.</summary>
    public Action<string>? StrayFound { get; init; }

    /// <summary>Which generation each window belongs to; read once, and anew whenever streams or shards are listed.</summary>
    /// <exception cref="PipelineException">A generation's object is damaged.</exception>
    public async ValueTask<Lineage> LineageAsync(CancellationToken cancellationToken) =>
        _lineage ?? await RefreshLineageAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Reads anew which generation is live.</summary>
    /// <exception cref="PipelineException">A generation's object is damaged.</exception>
    public async Task<Lineage> RefreshLineageAsync(CancellationToken cancellationToken) =>
        _lineage = await Lineage.ReadAsync(lake, cancellationToken).ConfigureAwait(false);

    /// <summary>Streams that have at least one window, in the order of their names.</summary>
    public async Task<IReadOnlyList<string>> ListStreamsAsync(CancellationToken cancellationToken)
    {
        await RefreshLineageAsync(cancellationToken).ConfigureAwait(false);
        return await ListFoldersAsync(Prefix, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shards of a stream that have at least one window, in the order of their ids.</summary>
    public Task<IReadOnlyList<string>> ListShardsAsync(string stream, CancellationToken cancellationToken) =>
        ListFoldersAsync($"{Prefix}{stream}/", cancellationToken);

    /// <summary>Lists the lake and finds which of the objects that manifests name are not there, or not as large as the manifest says.</summary>
    /// <param name="manifests">Manifests read before.</param>
    /// <param name="cancellationToken">Stops the lists.</param>
    public Task<IReadOnlyList<OddObject>> FindOddObjectsAsync(IReadOnlyCollection<WindowManifest> manifests, CancellationToken cancellationToken) =>
        OddObject.FindAsync(lake, manifests, cancellationToken);

    /// <summary>A window's manifest, or null when there is no such window.</summary>
    /// <exception cref="PipelineException">The manifest is damaged, another window's, or of a later layout.</exception>
    public async Task<WindowManifest?> TryReadAsync(WindowId window, CancellationToken cancellationToken)
    {
        var content = await lake.TryGetAsync(window.ManifestKey, cancellationToken).ConfigureAwait(false);
        return content is null ? null : ManifestFormat.Read(window, content);
    }

    /// <summary>The manifest of an ordinal in the lake's chain, or null when there is none.</summary>
    /// <exception cref="PipelineException">The manifest is damaged, another window's, or of a later layout.</exception>
    public async Task<WindowManifest?> TryReadAsync(string stream, string shard, long ordinal, CancellationToken cancellationToken)
    {
        var lineage = await LineageAsync(cancellationToken).ConfigureAwait(false);
        return await TryReadAsync(lineage.Window(stream, shard, ordinal), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The newest window of a shard, or null when it has none. Found by asking whether an ordinal is there, doubled and then halved, so the cost is the
    /// logarithm of their number; a list at the end makes sure that a missing manifest hides none behind it.
    /// </summary>
    public async Task<WindowManifest?> NewestAsync(string stream, string shard, CancellationToken cancellationToken)
    {
        await CheckGenerationsAsync(stream, shard, cancellationToken).ConfigureAwait(false);
        var newest = await NewestOfChainAsync(stream, shard, cancellationToken).ConfigureAwait(false);
        if (await NextOrdinalAsync(stream, shard, newest, cancellationToken).ConfigureAwait(false) is not null)
        {
            newest = await NewestBehindGapsAsync(stream, shard, cancellationToken).ConfigureAwait(false);
        }

        return newest == 0 ? null : await TryReadAsync(stream, shard, newest, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest ordinal of a shard whose chain is whole; 0 for none. Asks for single objects, which a lake has at once however many there are.</summary>
    private async Task<long> NewestOfChainAsync(string stream, string shard, CancellationToken cancellationToken)
    {
        var lineage = await LineageAsync(cancellationToken).ConfigureAwait(false);
        long there = 0;
        long missing = 1;
        while (await ExistsAsync(missing).ConfigureAwait(false))
        {
            there = missing;
            missing *= 2;
        }

        while (missing - there > 1)
        {
            var middle = there + ((missing - there) / 2);
            (there, missing) = await ExistsAsync(middle).ConfigureAwait(false) ? (middle, missing) : (there, middle);
        }

        return there;

        async Task<bool> ExistsAsync(long ordinal) =>
            await lake.HeadAsync(lineage.Window(stream, shard, ordinal).ManifestKey, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>The newest ordinal of a shard that lacks manifests, found by asking for keys behind an ordinal, doubled and then halved.</summary>
    private async Task<long> NewestBehindGapsAsync(string stream, string shard, CancellationToken cancellationToken)
    {
        long there = 0;
        long probe = 0;
        while (await NextOrdinalAsync(stream, shard, probe, cancellationToken).ConfigureAwait(false) is { } later)
        {
            there = later;
            probe = 2 * later;
        }

        // Nothing lies behind the probe, and there is a window: what is to be found lies from the one to the other.
        while (probe > there)
        {
            var middle = there + ((probe - there) / 2);
            if (await NextOrdinalAsync(stream, shard, middle, cancellationToken).ConfigureAwait(false) is { } later)
            {
                there = later;
            }
            else
            {
                probe = middle;
            }
        }

        return there;
    }

    /// <summary>The first ordinal behind one that a shard has a manifest of, whether or not those between are there; null for none. One list.</summary>
    public async Task<long?> NextOrdinalAsync(string stream, string shard, long after, CancellationToken cancellationToken)
    {
        var lineage = await LineageAsync(cancellationToken).ConfigureAwait(false);

        // Of each generation that can hold later windows, the first one's place decides.
        for (var next = lineage.Window(stream, shard, after + 1); ;)
        {
            var last = lineage.LastOf(next.Generation, stream, shard);
            var before = next with { Ordinal = next.Ordinal - 1 };
            if (await FirstOrdinalAfterAsync(before, cancellationToken).ConfigureAwait(false) is { } found && !(found > last))
            {
                return found;
            }

            if (last is null)
            {
                return null;
            }

            next = lineage.Window(stream, shard, last.Value + 1);
        }
    }

    /// <summary>The windows of a shard from an ordinal on, in order, up to the newest there is.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="shard">The shard's id.</param>
    /// <param name="firstOrdinal">The first one wanted.</param>
    /// <param name="withEnd">Whether to make sure that nothing lies behind the end, which costs a list.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PipelineException">A manifest is missing, damaged, or does not go on where the one before it ends.</exception>
    internal async IAsyncEnumerable<WindowManifest> ReadFromAsync(
        string stream,
        string shard,
        long firstOrdinal,
        bool withEnd,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WindowManifest? before = null;
        for (var ordinal = firstOrdinal; ; ordinal++)
        {
            var manifest = await TryReadAsync(stream, shard, ordinal, cancellationToken).ConfigureAwait(false);
            if (manifest is null)
            {
                if (withEnd)
                {
                    await CheckEndAsync(stream, shard, ordinal, cancellationToken).ConfigureAwait(false);
                }

                yield break;
            }

            WindowChain.Check(before, manifest);
            yield return before = manifest;
        }
    }

    /// <summary>
    /// Every window of a shard, in order. Reads ahead, up to sixteen at a time: over a network each manifest costs its round trip.
    /// </summary>
    /// <exception cref="PipelineException">A manifest is missing, damaged, or does not go on where the one before it ends.</exception>
    public async IAsyncEnumerable<WindowManifest> ReadAllAsync(
        string stream,
        string shard,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int mostAtOnce = 16;
        WindowManifest? before = null;
        var count = 1;
        for (long first = 1; ; first += count, count = Math.Min(2 * count, mostAtOnce))
        {
            var from = first;
            var reads = Enumerable.Range(0, count).Select(i => TryReadAsync(stream, shard, from + i, cancellationToken));
            foreach (var manifest in await Task.WhenAll(reads).ConfigureAwait(false))
            {
                if (manifest is null)
                {
                    await CheckEndAsync(stream, shard, (before?.Ordinal ?? 0) + 1, cancellationToken).ConfigureAwait(false);
                    yield break;
                }

                WindowChain.Check(before, manifest);
                yield return before = manifest;
            }
        }
    }

    /// <summary>Every window of every stream, by stream, shard and ordinal.</summary>
    /// <exception cref="PipelineException">A manifest is missing, damaged, or does not go on where the one before it ends.</exception>
    public async IAsyncEnumerable<WindowManifest> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var stream in await ListStreamsAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var shard in await ListShardsAsync(stream, cancellationToken).ConfigureAwait(false))
            {
                await foreach (var manifest in ReadAllAsync(stream, shard, cancellationToken).ConfigureAwait(false))
                {
                    yield return manifest;
                }
            }
        }
    }

    /// <summary>Commits a window: its manifest is created if nobody has created one of its ordinal.</summary>
    /// <returns>False when another worker has committed this ordinal; then what this one wrote does not count.</returns>
    /// <exception cref="ArgumentException">The ledger does not balance: such a window must never be committed.</exception>
    public Task<bool> TryCommitAsync(WindowManifest manifest, CancellationToken cancellationToken)
    {
        if (!manifest.Ledger.Balances)
        {
            throw new ArgumentException($"The ledger of window {manifest.Id} does not balance: {manifest.Ledger}.", nameof(manifest));
        }

        return lake.PutAsync(manifest.Id.ManifestKey, ManifestFormat.Write(manifest), PutMode.IfAbsent, cancellationToken);
    }

    /// <summary>Looks for strays among all manifests there are: a list of them, from end to end.</summary>
    public async Task WarnOfStraysAsync(CancellationToken cancellationToken)
    {
        await foreach (var found in lake.ListAsync(Prefix, null, cancellationToken).ConfigureAwait(false))
        {
            if (WindowKey.TryParse(found.Key) is null)
            {
                Pass(found.Key);
            }
        }
    }

    /// <summary>The greatest generation that has windows, whether or not it has an object: a list of all manifests.</summary>
    internal async Task<int> GreatestGenerationAsync(CancellationToken cancellationToken)
    {
        var greatest = WindowId.FirstGeneration;
        await foreach (var found in lake.ListAsync(Prefix, null, cancellationToken).ConfigureAwait(false))
        {
            greatest = Math.Max(greatest, WindowKey.TryParse(found.Key)?.Generation ?? greatest);
        }

        return greatest;
    }

    /// <summary>Makes sure that a shard has no window behind an ordinal that has no manifest.</summary>
    /// <exception cref="PipelineException">It has: the manifest of the ordinal is missing.</exception>
    internal async Task CheckEndAsync(string stream, string shard, long missingOrdinal, CancellationToken cancellationToken)
    {
        if (await NextOrdinalAsync(stream, shard, missingOrdinal, cancellationToken).ConfigureAwait(false) is { } later)
        {
            throw Missing(await WindowAsync(stream, shard, missingOrdinal, cancellationToken).ConfigureAwait(false), later);
        }
    }

    /// <summary>Makes sure that a shard has no windows of a generation that has no object.</summary>
    private async Task CheckGenerationsAsync(string stream, string shard, CancellationToken cancellationToken)
    {
        var lineage = await LineageAsync(cancellationToken).ConfigureAwait(false);
        var folder = $"{Prefix}{stream}/{shard}/";
        string? startAfter = null;
        while (await lake.FirstAsync(folder + "g", startAfter, cancellationToken).ConfigureAwait(false) is { } found)
        {
            if (WindowKey.TryParse(found.Key) is not { } window)
            {
                Pass(found.Key);
                startAfter = found.Key;
                continue;
            }

            if (window.Generation > lineage.Live)
            {
                throw new PipelineException(
                    $"{Generation.KeyOf(window.Generation)} of the lake {lake.Location} is missing, although {found.Key} is of that generation. "
                    + "Put the object back from a backup; without one, run './airportops generation begin'.",
                    Fault.Operator,
                    null);
            }

            startAfter = $"{folder}{window.GenerationFolder[..^1]}0";
        }
    }

    /// <summary>The link of a chain that is not there.</summary>
    private PipelineException Missing(WindowId window, long later) => new(
        FormattableString.Invariant($"The window manifest {window.ManifestKey} is missing in the lake {lake.Location}, although window {later} of its shard is there. ")
        + StoredObject.Remedy,
        Fault.Operator,
        null);

    private async Task<WindowId> WindowAsync(string stream, string shard, long ordinal, CancellationToken cancellationToken) =>
        (await LineageAsync(cancellationToken).ConfigureAwait(false)).Window(stream, shard, ordinal);

    /// <summary>The first ordinal of a window's generation behind it; null for none.</summary>
    private async Task<long?> FirstOrdinalAfterAsync(WindowId window, CancellationToken cancellationToken)
    {
        var folder = $"{Prefix}{window.Stream}/{window.Shard}/{window.GenerationFolder}";

        // Ordinals begin with a digit: what sorts behind ':' is a folder of another generation, or a stray.
        for (var startAfter = window.ManifestKey;
             await lake.FirstAsync(folder, startAfter, cancellationToken).ConfigureAwait(false) is { } found && found.Key[folder.Length] <= '9';
             startAfter = found.Key)
        {
            if (WindowKey.TryParse(found.Key) is { } key)
            {
                return key.Ordinal;
            }

            Pass(found.Key);
        }

        return null;
    }

    private void Pass(string stray)
    {
        if (_strays.TryAdd(stray, true))
        {
            StrayFound?.Invoke(stray);
        }
    }

    /// <summary>The names directly under a prefix that have manifests below them: one list, and one more for each that was not known before.</summary>
    private async Task<IReadOnlyList<string>> ListFoldersAsync(string prefix, CancellationToken cancellationToken)
    {
        var folders = new List<string>();
        foreach (var folder in await lake.ListFoldersAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            if (_folders.ContainsKey(prefix + folder) || await HasManifestAsync($"{prefix}{folder}/", cancellationToken).ConfigureAwait(false))
            {
                _folders.TryAdd(prefix + folder, true);
                folders.Add(folder);
            }
        }

        return folders;
    }

    private async Task<bool> HasManifestAsync(string prefix, CancellationToken cancellationToken)
    {
        string? startAfter = null;
        while (await lake.FirstAsync(prefix, startAfter, cancellationToken).ConfigureAwait(false) is { } found)
        {
            if (WindowKey.TryParse(found.Key) is not null)
            {
                return true;
            }

            Pass(found.Key);
            startAfter = found.Key;
        }

        return false;
    }
}
