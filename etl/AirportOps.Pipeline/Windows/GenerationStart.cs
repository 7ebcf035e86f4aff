using AirportOps.Lake;
using AirportOps.Pipeline.Silver;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Windows;

/// <summary>
/// Begins a new generation of a lake that was restored, or has lost windows for good: every object of every window is read and held against its
/// manifest, and in each shard the generation goes on behind the last window of which all is as it was written.
/// </summary>
/// <param name="lake">The lake; nothing may work on it meanwhile.</param>
/// <param name="clock">Says when the generation began.</param>
/// <param name="progress">Records: windows checked; bytes: read.</param>
public sealed class GenerationStart(ILake lake, TimeProvider clock, StageProgress progress)
{
    private const int ReadsAtOnce = 16;

    private readonly WindowStore _windows = new(lake);

    /// <summary>Checks the lake and begins a generation.</summary>
    /// <param name="known">The greatest generation that the warehouse knows; <see cref="WindowId.FirstGeneration"/> without one.</param>
    /// <param name="reason">Why, for whoever looks later.</param>
    /// <param name="isDryRun">Whether to check only.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>The generation, and by shard what was found behind the place where it goes on.</returns>
    /// <exception cref="PipelineException">Somebody else began one at the same moment.</exception>
    public async Task<(Generation Generation, IReadOnlyList<LostWindows> Lost)> BeginAsync(
        int known, string reason, bool isDryRun, CancellationToken cancellationToken)
    {
        var lineage = await _windows.RefreshLineageAsync(cancellationToken).ConfigureAwait(false);
        var shards = new List<GenerationShard>();
        var lost = new List<LostWindows>();
        foreach (var stream in await _windows.ListStreamsAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var shard in await _windows.ListShardsAsync(stream, cancellationToken).ConfigureAwait(false))
            {
                var (whole, why) = await LastWholeAsync(stream, shard, cancellationToken).ConfigureAwait(false);
                shards.Add(new GenerationShard(stream, shard, whole?.Ordinal ?? 0, whole?.Sha256));
                if (why is not null)
                {
                    lost.Add(new LostWindows(stream, shard, (whole?.Ordinal ?? 0) + 1, why));
                }
            }
        }

        var number = Math.Max(Math.Max(lineage.Live, known), await _windows.GreatestGenerationAsync(cancellationToken).ConfigureAwait(false)) + 1;
        var generation = new Generation(number, lineage.Live, clock.GetUtcNow(), reason, shards);
        if (isDryRun)
        {
            progress.Complete();
            return (generation, lost);
        }

        if (!await lake.PutAsync(generation.Key, generation.Write(), PutMode.IfAbsent, CancellationToken.None).ConfigureAwait(false))
        {
            throw new PipelineException($"Generation {number} of the lake {lake.Location} has begun elsewhere at this moment. Look with 'generation show'.", Fault.Operator, null);
        }

        await SweepAsync(generation, cancellationToken).ConfigureAwait(false);
        progress.Complete();
        return (generation, lost);
    }

    /// <summary>
    /// Deletes the objects of windows that the generation leaves behind: whoever reads Silver by its folders would find their rows twice once they
    /// are cleaned again. Nobody can commit such a window any more.
    /// </summary>
    private async Task SweepAsync(Generation generation, CancellationToken cancellationToken)
    {
        var lineage = await _windows.RefreshLineageAsync(cancellationToken).ConfigureAwait(false);
        var starts = generation.Shards.SelectMany(shard => Enumerable.Range(WindowId.FirstGeneration, generation.Number - WindowId.FirstGeneration)
            .Select(number => (
                Start: ObjectName.OfShard(new WindowId(shard.Stream, shard.Shard, 1, number)),
                Last: lineage.LastOf(number, shard.Stream, shard.Shard)))).ToList();
        foreach (var prefix in ObjectName.Prefixes)
        {
            await foreach (var found in lake.ListAsync(prefix, null, cancellationToken).ConfigureAwait(false))
            {
                var name = found.Key[(found.Key.LastIndexOf('/') + 1)..];
                if (starts.Exists(window => name.StartsWith(window.Start, StringComparison.Ordinal) && ObjectName.OrdinalOf(name.AsSpan(window.Start.Length)) > window.Last))
                {
                    await lake.DeleteAsync(found.Key, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>The last window of a shard up to which all is whole, and what is wrong with the next one; null when it is the newest.</summary>
    private async Task<(WindowManifest? Whole, string? Why)> LastWholeAsync(string stream, string shard, CancellationToken cancellationToken)
    {
        WindowManifest? whole = null;
        try
        {
            await foreach (var window in _windows.ReadAllAsync(stream, shard, cancellationToken).ConfigureAwait(false))
            {
                await Parallel.ForEachAsync(
                    window.Objects(),
                    new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
                    async (named, stop) => await StoredObject.GetAsync(lake, named, stop).ConfigureAwait(false)).ConfigureAwait(false);
                whole = window;
                progress.Add(records: 1, bytes: window.Objects().Sum(named => named.Bytes));
            }
        }
        catch (PipelineException damage) when (damage.Fault == Fault.Operator)
        {
            return (whole, damage.Message);
        }

        return (whole, null);
    }
}

/// <summary>Windows of a shard that a new generation leaves behind.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Shard">The shard's id.</param>
/// <param name="FromOrdinal">The first of them; its records are cleaned again from the stream.</param>
/// <param name="Why">What is wrong with it, in one line.</param>
public sealed record LostWindows(string Stream, string Shard, long FromOrdinal, string Why);
