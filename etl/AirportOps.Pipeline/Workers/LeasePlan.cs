namespace AirportOps.Pipeline.Workers;

/// <summary>
/// What a worker does about the leases it does not have: takes free ones up to its share, which is all shards by all workers, rounded up; when none
/// is free and another worker has at least two more than it, asks that one for some.
/// </summary>
/// <param name="Takes">Free leases to take.</param>
/// <param name="Asks">Leases to ask their owners for.</param>
internal sealed record LeasePlan(IReadOnlyList<LeaseView> Takes, IReadOnlyList<LeaseView> Asks)
{
    /// <summary>Plans.</summary>
    /// <param name="worker">Who plans.</param>
    /// <param name="leases">All shards that are to be worked on.</param>
    /// <param name="maxShards">The most shards it may have.</param>
    public static LeasePlan Make(string worker, IReadOnlyCollection<LeaseView> leases, int maxShards)
    {
        var counts = Counts(worker, leases);
        var share = Math.Min(maxShards, (leases.Count + counts.Count - 1) / counts.Count);
        var room = Math.Max(0, share - counts[worker]);
        var free = leases.Where(lease => lease.Owner is null).OrderBy(lease => Rank(worker, lease.Shard)).ToList();
        if (free.Count > 0)
        {
            // Beyond its share only what nobody else takes, for instance because their limits don't allow it.
            var beyond = free.Skip(room).Where(lease => lease.IsLongFree).Take(Math.Max(0, maxShards - share));
            return new([.. free.Take(room), .. beyond], []);
        }

        return new([], Wanted(worker, leases, counts, room));
    }

    /// <summary>How many shards each worker has once what is under way is done. Workers without any are there too, if they are known of.</summary>
    private static Dictionary<string, int> Counts(string worker, IReadOnlyCollection<LeaseView> leases)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { [worker] = 0 };
        foreach (var lease in leases.Where(lease => lease.Owner is not null))
        {
            counts.TryAdd(lease.Owner!, 0);
            counts[lease.NextOwner!] = counts.GetValueOrDefault(lease.NextOwner!) + 1;
        }

        return counts;
    }

    private static List<LeaseView> Wanted(string worker, IReadOnlyCollection<LeaseView> leases, Dictionary<string, int> counts, int room)
    {
        // Half of what is missing at a time: others may ask the same worker at the same moment.
        var asks = new List<LeaseView>();
        var most = (room + 1) / 2;
        while (asks.Count < most)
        {
            var (owner, count) = counts.Where(other => other.Key != worker).DefaultIfEmpty().MaxBy(other => other.Value);
            var wanted = leases.Where(lease => lease.Owner == owner && lease.NextOwner == owner && !asks.Contains(lease))
                .MinBy(lease => Rank(worker, lease.Shard));
            if (count < counts[worker] + 2 || wanted is null)
            {
                break;
            }

            asks.Add(wanted);
            counts[owner]--;
            counts[worker]++;
        }

        return asks;
    }

    /// <summary>An order of shards that is another one for each worker, so that they seldom reach for the same: FNV-1a.</summary>
    private static ulong Rank(string worker, string shard)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in worker.Concat(shard))
        {
            hash = unchecked((hash ^ letter) * 1099511628211UL);
        }

        return hash;
    }
}
