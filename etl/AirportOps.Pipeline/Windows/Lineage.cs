using AirportOps.Lake;

namespace AirportOps.Pipeline.Windows;

/// <summary>
/// Which generation each window of a lake belongs to, as the generation objects had it at one moment. A generation goes on in each shard where
/// the one before it stood, so a shard's windows are one chain of ordinals; what an earlier generation wrote behind that place does not exist.
/// </summary>
public sealed class Lineage
{
    private readonly IReadOnlyList<Generation> _generations;
    private readonly Dictionary<(int Generation, string Stream, string Shard), GenerationShard> _shards = [];

    private Lineage(IReadOnlyList<Generation> generations)
    {
        _generations = generations;
        foreach (var generation in generations)
        {
            foreach (var shard in generation.Shards)
            {
                _shards.Add((generation.Number, shard.Stream, shard.Shard), shard);
            }
        }
    }

    /// <summary>The lineage of a lake that was never restored.</summary>
    public static Lineage OfOneGeneration { get; } = new([]);

    /// <summary>The live generation: new windows are its own.</summary>
    public int Live => _generations.Count == 0 ? WindowId.FirstGeneration : _generations[^1].Number;

    /// <summary>The generations that a restore began, in order.</summary>
    public IReadOnlyList<Generation> Restores => _generations;

    /// <summary>Reads the lineage of a lake: a list, and a read for each restore there ever was.</summary>
    /// <exception cref="PipelineException">A generation's object is damaged or missing.</exception>
    public static async Task<Lineage> ReadAsync(ILake lake, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        var generations = new List<Generation>();
        await foreach (var found in lake.ListAsync(Generation.Prefix, null, cancellationToken).ConfigureAwait(false))
        {
            if (Generation.NumberOf(found.Key) is not { } number)
            {
                continue;
            }

            var generation = await Generation.ReadAsync(lake, number, cancellationToken).ConfigureAwait(false);
            var before = generations.Count == 0 ? WindowId.FirstGeneration : generations[^1].Number;
            if (generation.Previous > before)
            {
                // Reads what is not there, for the one line that names it.
                await Generation.ReadAsync(lake, generation.Previous, cancellationToken).ConfigureAwait(false);
            }

            generations.Add(generation);
        }

        return generations.Count == 0 ? OfOneGeneration : new Lineage(generations);
    }

    /// <summary>The window of an ordinal, there already or still to be written.</summary>
    public WindowId Window(string stream, string shard, long ordinal)
    {
        for (var i = _generations.Count - 1; i >= 0; i--)
        {
            if (ordinal > LastBefore(_generations[i].Number, stream, shard))
            {
                return new WindowId(stream, shard, ordinal, _generations[i].Number);
            }
        }

        return new WindowId(stream, shard, ordinal);
    }

    /// <summary>Whether a window belongs to the lake's chain: no later generation has an ordinal like it or an earlier one.</summary>
    public bool Has(WindowId window) => Window(window.Stream, window.Shard, window.Ordinal) == window;

    /// <summary>The last ordinal of a shard that a generation took over from earlier ones; 0 for none.</summary>
    public long LastBefore(int generation, string stream, string shard) => _shards.GetValueOrDefault((generation, stream, shard))?.Ordinal ?? 0;

    /// <summary>The last ordinal that a generation's windows of a shard may have: behind it a later generation goes on. Null for the live one.</summary>
    public long? LastOf(int generation, string stream, string shard)
    {
        long? last = null;
        foreach (var later in _generations.Where(later => later.Number > generation))
        {
            var end = LastBefore(later.Number, stream, shard);
            last = last is null ? end : Math.Min(last.Value, end);
        }

        return last;
    }
}
