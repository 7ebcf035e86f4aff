namespace AirportOps.Cleaning.Seen;

/// <summary>
/// Files of accepted events, the oldest first. Eight neighbours of one level are merged into one of the next, so of n files' worth of entries there are at
/// most seven files for each power of eight, and each entry is written once a level. Not thread-safe.
/// </summary>
/// <param name="folder">Where the files go.</param>
internal sealed class SeenRuns(string folder) : IDisposable
{
    private const int MergedAtOnce = 8;

    private readonly List<SeenRun> _runs = [];

    /// <summary>Entries held, an id in several files counted several times.</summary>
    internal long Count => _runs.Sum(run => run.Count);

    /// <summary>Bytes of memory held.</summary>
    internal long Bytes => _runs.Sum(run => run.Bytes);

    /// <summary>The entry of an id that was accepted last.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    internal bool TryFind(UInt128 id, out AcceptedEvent found)
    {
        for (var i = _runs.Count - 1; i >= 0; i--)
        {
            if (_runs[i].TryFind(id, out found))
            {
                return true;
            }
        }

        found = default;
        return false;
    }

    /// <summary>Adds entries accepted after all that are here.</summary>
    /// <param name="sorted">By id; of equal ids the one accepted last comes last.</param>
    /// <param name="count">How many.</param>
    /// <param name="oldest">Arrivals before it are forgotten.</param>
    /// <exception cref="IOException">A file can't be written or read.</exception>
    internal void Add(IEnumerable<AcceptedEvent> sorted, long count, long oldest)
    {
        foreach (var forgotten in _runs.Where(run => run.LatestArrival < oldest).ToList())
        {
            _runs.Remove(forgotten);
            forgotten.Dispose();
        }

        _runs.Add(SeenRun.Write(folder, LastOfEach(sorted), count, level: 0));
        while (_runs.Count >= MergedAtOnce && _runs[^MergedAtOnce].Level == _runs[^1].Level)
        {
            var merged = _runs[^MergedAtOnce..];
            var run = SeenRun.Write(
                folder, LastOfEach(Merge(merged).Where(entry => entry.ArrivedMicros >= oldest)), merged.Sum(part => part.Count), _runs[^1].Level + 1);
            _runs.RemoveRange(_runs.Count - MergedAtOnce, MergedAtOnce);
            _runs.Add(run);
            merged.ForEach(part => part.Dispose());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runs.ForEach(run => run.Dispose());
        _runs.Clear();
    }

    /// <summary>The entries of all, by id, of equal ids those of the older file first.</summary>
    private static IEnumerable<AcceptedEvent> Merge(List<SeenRun> runs)
    {
        var heads = new PriorityQueue<IEnumerator<AcceptedEvent>, (UInt128 Id, int Age)>();
        for (var age = 0; age < runs.Count; age++)
        {
            Queue(runs[age].ReadAll().GetEnumerator(), age);
        }

        while (heads.TryDequeue(out var run, out var place))
        {
            yield return run.Current;
            Queue(run, place.Age);
        }

        void Queue(IEnumerator<AcceptedEvent> run, int age)
        {
            if (run.MoveNext())
            {
                heads.Enqueue(run, (run.Current.Id, age));
            }
        }
    }

    private static IEnumerable<AcceptedEvent> LastOfEach(IEnumerable<AcceptedEvent> sorted)
    {
        AcceptedEvent? last = null;
        foreach (var entry in sorted)
        {
            if (last is { } before && before.Id != entry.Id)
            {
                yield return before;
            }

            last = entry;
        }

        if (last is { } remaining)
        {
            yield return remaining;
        }
    }
}
