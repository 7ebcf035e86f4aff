using System.Runtime.ExceptionServices;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Workers;

/// <summary>The shards that are worked on, side by side. For one caller.</summary>
internal sealed class RunningShards
{
    private readonly Dictionary<string, (Shard Shard, ShardHold Hold, Task<ShardEnd> Work)> _running = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _running.Count;

    /// <summary>Whether a shard is among them.</summary>
    public bool Contains(string shard) => _running.ContainsKey(shard);

    /// <summary>Starts the work on a shard.</summary>
    public void Start(Shard shard, ShardHold hold, Func<Task<ShardEnd>> work) =>
        _running.Add(shard.Id, (shard, hold, Task.Run(work, CancellationToken.None)));

    /// <summary>Takes out those that have ended.</summary>
    /// <exception cref="Exception">What the work on a shard threw.</exception>
    public async Task<IReadOnlyList<(Shard Shard, ShardEnd End)>> TakeEndedAsync()
    {
        var ended = new List<(Shard, ShardEnd)>();
        foreach (var (shard, _, work) in _running.Values.Where(shard => shard.Work.IsCompleted).ToList())
        {
            _running.Remove(shard.Id);
            ended.Add((shard, await work.ConfigureAwait(false)));
        }

        return ended;
    }

    /// <summary>Waits until one ends or something else happens.</summary>
    public async Task WaitAsync(IEnumerable<Task> others)
    {
        Task[] any = [.. _running.Values.Select(shard => shard.Work), .. others];
        await Task.WhenAny(any).ConfigureAwait(false);
    }

    /// <summary>Ends all, each committing what it has, and tells why it all ended.</summary>
    /// <param name="reason">Why the caller ended; null: all was done.</param>
    /// <exception cref="Exception">The reason, or, unless that was itself a failure, what the work on a shard threw at its end.</exception>
    public async Task EndAsync(Exception? reason)
    {
        foreach (var (_, hold, _) in _running.Values)
        {
            await hold.EndAsync().ConfigureAwait(false);
        }

        foreach (var (_, _, work) in _running.Values)
        {
            try
            {
                await work.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // It was asked to.
            }
            catch (Exception failure) when (reason is null or OperationCanceledException)
            {
                reason = failure;
            }
            catch (Exception)
            {
                // The first failure is the one that is told; this one came of stopping for it.
            }
        }

        if (reason is not null)
        {
            ExceptionDispatchInfo.Throw(reason);
        }
    }
}
