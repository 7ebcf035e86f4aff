using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Loading;

/// <summary>
/// The shards that the loader follows and how far each is loaded, remembered so that neither the journal nor a list is asked again and again. What is remembered
/// follows from the journal, and is dropped after anything unexpected. For one caller.
/// </summary>
/// <param name="only">The stream to follow; null for all the lake has.</param>
/// <param name="windows">The manifests.</param>
/// <param name="staging">The warehouse with the journal.</param>
/// <param name="journal">Holds the journal against the lake.</param>
/// <param name="pace">How often to look.</param>
/// <param name="clock">The clock.</param>
internal sealed class FollowedShards(
    string? only, WindowStore windows, IStagingStore staging, JournalComparison journal, LookPace pace, TimeProvider clock)
{
    private readonly SortedDictionary<string, Dictionary<string, FollowedShard>> _streams = new(StringComparer.Ordinal);
    private int _generation;
    private long? _listed;
    private TimeSpan _wait = pace.Shortest;

    /// <summary>The streams that have windows, in the order of their names.</summary>
    internal IReadOnlyCollection<string> Streams => _streams.Keys;

    /// <summary>The time until there is something to look at; zero when there is.</summary>
    internal TimeSpan UntilNextLook => _streams.Values.SelectMany(shards => shards.Values)
        .Where(shard => !shard.IsEnded)
        .Select(shard => Rest(shard.Looked, shard.Wait))
        .Append(Rest(_listed, _wait))
        .Min();

    /// <summary>The shards of a stream to look at now, in the order of their ids.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="all">Also those that it is not time for.</param>
    internal IReadOnlyList<FollowedShard> Due(string stream, bool all) =>
    [
        .. Of(stream).Where(shard => !shard.IsEnded && (all || shard.IsDue(clock))).OrderBy(shard => shard.Shard, StringComparer.Ordinal),
    ];

    /// <summary>Looks for new streams and shards, if it is time to: soon after one was found or has ended, then less and less often.</summary>
    /// <param name="now">Whatever the time.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="PipelineException">The journal speaks of another lake, or of a newer state of this one.</exception>
    internal async Task FindNewAsync(bool now, CancellationToken cancellationToken)
    {
        if (!now && Rest(_listed, _wait) > TimeSpan.Zero)
        {
            return;
        }

        var isChanged = false;
        foreach (var stream in only is null ? await windows.ListStreamsAsync(cancellationToken).ConfigureAwait(false) : [only])
        {
            isChanged |= await FindNewOfAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        _listed = clock.GetTimestamp();
        _wait = isChanged ? pace.Shortest : 2 * _wait < pace.NewShards ? 2 * _wait : pace.NewShards;
    }

    /// <summary>Shards have ended and are loaded to their end: they are not looked at any more, and those they were split or merged into are looked for soon.</summary>
    internal void End(string stream, IReadOnlyCollection<string> shards)
    {
        foreach (var shard in Of(stream).Where(known => !known.IsEnded && shards.Contains(known.Shard)))
        {
            shard.IsEnded = true;
            _wait = pace.Shortest;
        }
    }

    /// <summary>Forgets how far a stream is loaded: something else loads it too.</summary>
    internal void Forget(string stream)
    {
        _streams.Remove(stream);
        (_listed, _wait) = (null, pace.Shortest);
    }

    private List<FollowedShard> Of(string stream) => _streams.TryGetValue(stream, out var shards) ? [.. shards.Values] : [];

    private async Task<bool> FindNewOfAsync(string stream, CancellationToken cancellationToken)
    {
        var names = await windows.ListShardsAsync(stream, cancellationToken).ConfigureAwait(false);
        var generation = (await windows.LineageAsync(cancellationToken).ConfigureAwait(false)).Live;
        if (generation != _generation)
        {
            // After a restore ordinals may go on elsewhere.
            _streams.Clear();
            _generation = generation;
        }

        if (!_streams.TryGetValue(stream, out var known))
        {
            _streams.Add(stream, known = new Dictionary<string, FollowedShard>(StringComparer.Ordinal));
        }

        var unknown = names.Where(shard => !known.ContainsKey(shard)).ToList();
        if (unknown.Count == 0)
        {
            return false;
        }

        var loaded = await staging.LoadedUpToAsync(stream, cancellationToken).ConfigureAwait(false);
        foreach (var shard in unknown)
        {
            var ordinal = await journal.LoadedOrdinalAsync(stream, shard, loaded.GetValueOrDefault(shard), cancellationToken).ConfigureAwait(false);
            known.Add(shard, new FollowedShard(stream, shard, ordinal + 1, pace));
        }

        return true;
    }

    private TimeSpan Rest(long? since, TimeSpan wait) =>
        since is not { } began ? TimeSpan.Zero : wait - clock.GetElapsedTime(began) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;
}
