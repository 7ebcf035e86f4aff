using AirportOps.Cleaning.Seen;
using AirportOps.Lake;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>
/// Accepted events by id, asked for in both directions of time: to a replayed event, one that was accepted after it arrived is as good as one
/// accepted before.
/// </summary>
/// <param name="horizon">How far apart two arrivals may lie for their ids to be compared.</param>
internal sealed class AcceptedIndex(TimeSpan horizon)
{
    /// <summary>Ids objects read at a time: a day of windows is many small objects, and over a network each costs its round trip.</summary>
    private const int ReadsAtOnce = 16;

    private readonly Lock _guard = new();
    private readonly Dictionary<UInt128, List<AcceptedEvent>> _byId = [];
    private readonly long _horizonMicros = horizon.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Adds an accepted event.</summary>
    internal void Add(in AcceptedEvent accepted)
    {
        if (!_byId.TryGetValue(accepted.Id, out var same))
        {
            _byId.Add(accepted.Id, same = []);
        }

        same.Add(accepted);
    }

    /// <summary>Adds from windows the events that have one of the wanted ids. Reads only windows within the horizon of the arrivals given.</summary>
    internal async Task AddAsync(
        ILake lake,
        IEnumerable<AcceptedWindow> windows,
        HashSet<UInt128> wanted,
        DateTimeOffset firstArrived,
        DateTimeOffset lastArrived,
        CancellationToken cancellationToken)
    {
        var from = firstArrived - horizon - SeenEvents.Slack;
        var to = lastArrived + horizon + SeenEvents.Slack;
        await Parallel.ForEachAsync(
            windows.Where(window => window.LastArrived >= from && window.FirstArrived <= to),
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (window, stop) =>
            {
                var content = await StoredObject.GetAsync(lake, window.Ids, stop).ConfigureAwait(false);
                foreach (var accepted in WindowIds.Read(window.Ids.Key, content).Where(accepted => wanted.Contains(accepted.Id)))
                {
                    lock (_guard)
                    {
                        Add(accepted);
                    }
                }
            }).ConfigureAwait(false);
    }

    /// <summary>An accepted event with the id of another within the horizon, of several one with equal content; null for none.</summary>
    internal AcceptedEvent? Find(AcceptedEvent other)
    {
        AcceptedEvent? found = null;
        foreach (var known in _byId.GetValueOrDefault(other.Id) ?? [])
        {
            if (Math.Abs(known.ArrivedMicros - other.ArrivedMicros) <= _horizonMicros)
            {
                if (known.Content == other.Content)
                {
                    return known;
                }

                found ??= known;
            }
        }

        return found;
    }
}
