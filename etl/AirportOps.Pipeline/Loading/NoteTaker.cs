using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Loading;

/// <summary>Brings the notes on shards into the warehouse's books, each when it tells something new. For one caller.</summary>
/// <param name="notes">The notes.</param>
/// <param name="staging">The warehouse.</param>
/// <param name="interval">The least time between two looks at a stream's notes: a look is a list of them and a read of each that is new.</param>
/// <param name="clock">The clock.</param>
internal sealed class NoteTaker(ShardNotes notes, IStagingStore staging, TimeSpan interval, TimeProvider clock)
{
    private readonly Dictionary<string, StreamNotes> _streams = new(StringComparer.Ordinal);

    /// <summary>Windows of a stream were loaded.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="lastArrived">When the newest of their records arrived.</param>
    internal void Loaded(string stream, DateTimeOffset lastArrived)
    {
        var known = Of(stream);
        known.LastArrived = known.LastArrived > lastArrived ? known.LastArrived : lastArrived;
    }

    /// <summary>Takes a stream's notes, if it is time to look.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="loadedUpTo">Asks for the newest loaded window of each shard.</param>
    /// <param name="isLast">Look whatever the time.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal async Task TakeAsync(
        string stream, Func<Task<IReadOnlyDictionary<string, LoadedWindow>>> loadedUpTo, bool isLast, CancellationToken cancellationToken)
    {
        var known = Of(stream);
        if (!isLast && known.Looked is { } looked && clock.GetElapsedTime(looked) < interval)
        {
            return;
        }

        known.Looked = clock.GetTimestamp();
        await foreach (var found in notes.ListAsync(stream, cancellationToken).ConfigureAwait(false))
        {
            if (known.Seen.GetValueOrDefault(found.Key) != found.LastModified
                && await notes.TryReadAsync(found.Key, cancellationToken).ConfigureAwait(false) is { } note)
            {
                known.Pending[found.Key] = note;
                known.Seen[found.Key] = found.LastModified;
            }
        }

        if (known.Pending.Count == 0)
        {
            return;
        }

        // A note tells nothing before its window is loaded; until then the one before it stands.
        var loaded = await loadedUpTo().ConfigureAwait(false);
        var due = known.Pending
            .Where(entry => IsLoaded(entry.Value, loaded.GetValueOrDefault(entry.Value.Shard)) && known.IsNews(entry.Value)).ToList();
        if (due.Count > 0)
        {
            await staging.TakeNotesAsync([.. due.Select(entry => entry.Value)], cancellationToken).ConfigureAwait(false);
            foreach (var (key, note) in due)
            {
                known.Pending.Remove(key);
                known.Taken[note.Shard] = note.EmptyThrough;
                if (note.IsEnded)
                {
                    known.Ended.Add(note.Shard);
                }
            }
        }
    }

    /// <summary>The shards of a stream that have ended, and whose last window is loaded.</summary>
    internal IReadOnlyCollection<string> EndedOf(string stream) => Of(stream).Ended;

    private static bool IsLoaded(ShardNote note, LoadedWindow? newest) =>
        note.Ordinal == 0 || (newest is not null && (newest.Generation, newest.Ordinal).CompareTo((note.Generation, note.Ordinal)) >= 0);

    private StreamNotes Of(string stream)
    {
        if (!_streams.TryGetValue(stream, out var known))
        {
            _streams.Add(stream, known = new StreamNotes());
        }

        return known;
    }

    private sealed class StreamNotes
    {
        public Dictionary<string, DateTimeOffset> Seen { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, ShardNote> Pending { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, DateTimeOffset> Taken { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Ended { get; } = new(StringComparer.Ordinal);

        public DateTimeOffset? LastArrived { get; set; }

        public long? Looked { get; set; }

        /// <summary>
        /// Once a shard is known to be silent up to all that has arrived, to hear it again changes nothing, and lets no serverless warehouse sleep.
        /// </summary>
        public bool IsNews(ShardNote note) => note.IsEnded || !Taken.TryGetValue(note.Shard, out var taken) || taken < LastArrived;
    }
}
