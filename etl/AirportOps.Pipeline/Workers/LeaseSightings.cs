using AirportOps.Streams.Leases;

namespace AirportOps.Pipeline.Workers;

/// <summary>
/// Since when leases have stood still, by this worker's clock: no other worker's clock is believed. For one caller.
/// </summary>
/// <param name="duration">A lease that stands still for so long has expired.</param>
/// <param name="clock">The clock.</param>
internal sealed class LeaseSightings(TimeSpan duration, TimeProvider clock)
{
    private readonly Dictionary<string, (long Counter, long Since)> _since = new(StringComparer.Ordinal);

    /// <summary>Takes in the leases of the shards that are to be worked on.</summary>
    /// <param name="shards">The shards' ids.</param>
    /// <param name="leases">Their leases, by shard, those that there are.</param>
    /// <param name="sent">When they were asked for. A lease that stood still did so at least until then.</param>
    /// <param name="received">When the answer was there. A lease that moved may have done so as late as this.</param>
    public IReadOnlyList<LeaseView> See(IEnumerable<string> shards, IReadOnlyDictionary<string, Lease> leases, long sent, long received)
    {
        var views = new List<LeaseView>();
        foreach (var shard in shards)
        {
            var lease = leases.GetValueOrDefault(shard);
            var counter = lease?.Counter ?? -1;
            if (!_since.TryGetValue(shard, out var seen) || seen.Counter != counter)
            {
                seen = (counter, received);
                _since[shard] = seen;
            }

            var still = clock.GetElapsedTime(seen.Since, sent);
            views.Add(new LeaseView(shard, lease, lease?.Owner is not null && still >= duration, still >= 2 * duration));
        }

        var known = views.Select(view => view.Shard).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _since.Keys.Where(shard => !known.Contains(shard)).ToList())
        {
            _since.Remove(gone);
        }

        return views;
    }
}
