namespace AirportOps.Pipeline.Quarantine;

/// <summary>Counts a replay by the reasons that stand in the quarantine.</summary>
/// <param name="progress">Is told of each line.</param>
internal sealed class ReplayTally(StageProgress progress)
{
    private readonly SortedDictionary<string, Counts> _byReason = new(StringComparer.Ordinal);

    /// <summary>Counts a line tried and what became of its events.</summary>
    internal void Add(string reason, long rows, long duplicates, IReadOnlyCollection<string> refused)
    {
        if (!_byReason.TryGetValue(reason, out var counts))
        {
            _byReason.Add(reason, counts = new Counts());
        }

        counts.Tried++;
        counts.Rows += rows;
        counts.Duplicates += duplicates;
        foreach (var today in refused)
        {
            counts.Refused[today] = counts.Refused.GetValueOrDefault(today) + 1;
        }

        progress.Add(records: 1, events: rows + duplicates + refused.Count, rows: rows, duplicates: duplicates, refused: refused.Count);
    }

    internal IReadOnlyList<ReplayGroup> ToGroups() =>
        [.. _byReason.Select(group => new ReplayGroup(group.Key, group.Value.Tried, group.Value.Rows, group.Value.Duplicates, group.Value.Refused))];

    private sealed class Counts
    {
        internal long Tried { get; set; }

        internal long Rows { get; set; }

        internal long Duplicates { get; set; }

        internal SortedDictionary<string, long> Refused { get; } = new(StringComparer.Ordinal);
    }
}
