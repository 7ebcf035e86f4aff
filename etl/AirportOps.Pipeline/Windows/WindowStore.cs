using System.Runtime.CompilerServices;
using AirportOps.Lake;

namespace AirportOps.Pipeline.Windows;

/// <summary>The manifests of a lake: which windows there are, and the creation of the next one. Safe for concurrent use.</summary>
/// <param name="lake">The lake that holds Silver.</param>
public sealed class WindowStore(ILake lake)
{
    /// <summary>Where manifests lie: <c>silver/_windows/STREAM/SHARD/ORDINAL.json</c>.</summary>
    public const string Prefix = "silver/_windows/";

    /// <summary>Streams that have at least one window, in the order of their names.</summary>
    public Task<IReadOnlyList<string>> ListStreamsAsync(CancellationToken cancellationToken) => ListFoldersAsync(Prefix, cancellationToken);

    /// <summary>Shards of a stream that have at least one window, in the order of their ids.</summary>
    public Task<IReadOnlyList<string>> ListShardsAsync(string stream, CancellationToken cancellationToken) =>
        ListFoldersAsync($"{Prefix}{stream}/", cancellationToken);

    /// <summary>A window's manifest, or null when there is no such window.</summary>
    /// <exception cref="PipelineException">The manifest is damaged or of a later layout.</exception>
    public async Task<WindowManifest?> TryReadAsync(WindowId window, CancellationToken cancellationToken)
    {
        var content = await lake.TryGetAsync(window.ManifestKey, cancellationToken).ConfigureAwait(false);
        return content is null ? null : ManifestFormat.Read(window.ManifestKey, content);
    }

    /// <summary>
    /// The newest window of a shard, or null when it has none. Found by doubling and halving, so the cost is the logarithm of their number.
    /// </summary>
    public async Task<WindowManifest?> NewestAsync(string stream, string shard, CancellationToken cancellationToken)
    {
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
            if (await ExistsAsync(middle).ConfigureAwait(false))
            {
                there = middle;
            }
            else
            {
                missing = middle;
            }
        }

        return there == 0 ? null : await TryReadAsync(new WindowId(stream, shard, there), cancellationToken).ConfigureAwait(false);

        async Task<bool> ExistsAsync(long ordinal) =>
            await lake.HeadAsync(new WindowId(stream, shard, ordinal).ManifestKey, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>The windows of a shard from an ordinal on, in order, up to the newest there is.</summary>
    public async IAsyncEnumerable<WindowManifest> ReadFromAsync(
        string stream,
        string shard,
        long firstOrdinal,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var ordinal = firstOrdinal;
             await TryReadAsync(new WindowId(stream, shard, ordinal), cancellationToken).ConfigureAwait(false) is { } manifest;
             ordinal++)
        {
            yield return manifest;
        }
    }

    /// <summary>
    /// Every window of a shard, in order. Reads ahead, up to sixteen at a time: over a network each manifest costs its round trip.
    /// </summary>
    public async IAsyncEnumerable<WindowManifest> ReadAllAsync(
        string stream,
        string shard,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int mostAtOnce = 16;
        var count = 1;
        for (long first = 1; ; first += count, count = Math.Min(2 * count, mostAtOnce))
        {
            var reads = Enumerable.Range(0, count).Select(i => TryReadAsync(new WindowId(stream, shard, first + i), cancellationToken));
            foreach (var manifest in await Task.WhenAll(reads).ConfigureAwait(false))
            {
                if (manifest is null)
                {
                    yield break;
                }

                yield return manifest;
            }
        }
    }

    /// <summary>Every window of every stream, by stream, shard and ordinal.</summary>
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

    /// <summary>The names directly under a prefix, found by jumping over what lies below each.</summary>
    private async Task<IReadOnlyList<string>> ListFoldersAsync(string prefix, CancellationToken cancellationToken)
    {
        var folders = new List<string>();
        string? startAfter = null;
        while (await FirstKeyAsync(prefix, startAfter, cancellationToken).ConfigureAwait(false) is { } key)
        {
            var folder = key[prefix.Length..key.IndexOf('/', prefix.Length)];
            folders.Add(folder);

            // '0' follows '/' in the order of keys: the next key greater than this lies outside the folder.
            startAfter = $"{prefix}{folder}0";
        }

        return folders;
    }

    private async Task<string?> FirstKeyAsync(string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        await foreach (var found in lake.ListAsync(prefix, startAfter, cancellationToken).ConfigureAwait(false))
        {
            return found.Key;
        }

        return null;
    }
}
