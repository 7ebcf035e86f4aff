using AirportOps.Pipeline.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>A worker that makes a step when the simulation lets it.</summary>
internal sealed class SimulatedWorker
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);
    private static readonly LeaseOptions Options = new("w") { Duration = TimeSpan.FromSeconds(10), Heartbeat = TimeSpan.FromSeconds(2) };

    private readonly UnreliableLeaseStore _link;
    private readonly WorkerClock _clock;
    private readonly LeaseKeeper _keeper;
    private readonly List<Task> _releases = [];
    private readonly HashSet<ShardHold> _released = [];
    private Task _renewing = Task.CompletedTask;
    private Task _taking = Task.CompletedTask;
    private long _renewed;
    private long _taken;
    private long _went;

    internal SimulatedWorker(string name, MemoryLeaseStore store, WorkerClock clock, int maxShards)
    {
        (Name, _clock, _link) = (name, clock, new UnreliableLeaseStore(store));
        _keeper = new LeaseKeeper(_link, "s/", "silver", Options with { Worker = name, MaxShards = maxShards }, clock, NullLogger.Instance);
    }

    internal string Name { get; }

    internal bool IsKilled { get; set; }

    /// <summary>In time of the simulation; before, it makes no step.</summary>
    internal long FrozenUntil { get; set; }

    /// <summary>The shards that it takes for its own at this moment.</summary>
    internal IEnumerable<string> Held => IsKilled ? [] : _keeper.Holds.Where(hold => hold.IsHeld).Select(hold => hold.Shard);

    /// <summary>Something happens on the way between the worker and the store, whatever the worker does.</summary>
    internal void Deliver(Random random, double faults)
    {
        if (_link.HasUnderWay)
        {
            if (random.NextDouble() < faults)
            {
                _link.Lose(random);
            }
            else
            {
                _link.Arrive(random);
            }
        }
    }

    /// <summary>Goes on with an answer or after a time-out, ends the work on a shard that is to be given up or has ended, or begins a round that is due.</summary>
    internal void Step(Random random, IReadOnlyList<string> shards, double faults)
    {
        if (_link.HasAnswer || (_link.IsWaiting && _clock.GetElapsedTime(_went) >= CallTimeout))
        {
            _went = _clock.GetTimestamp();
            _link.Answer(random.NextDouble() < faults);
        }
        else if (_keeper.Holds.FirstOrDefault(hold => !_released.Contains(hold) && (hold.Stop.IsCancellationRequested || !shards.Contains(hold.Shard))) is { } ending
            && random.Next(3) == 0)
        {
            _released.Add(ending);
            Begin(_releases.Add, () => _keeper.ReleaseAsync(ending, isEnded: !shards.Contains(ending.Shard)));
        }
        else if (_renewing.IsCompleted && _clock.GetElapsedTime(_renewed) >= Options.Heartbeat)
        {
            _renewed = _clock.GetTimestamp();
            Begin(task => _renewing = task, () => _keeper.RenewAsync(CancellationToken.None));
        }
        else if (_taking.IsCompleted && _clock.GetElapsedTime(_taken) >= Options.Heartbeat)
        {
            _taken = _clock.GetTimestamp();
            Begin(task => _taking = task, () => _keeper.TakeAsync(shards, CancellationToken.None));
        }

        Assert.All([_renewing, _taking, .. _releases], task => Assert.False(task.IsFaulted, task.Exception?.ToString()));
    }

    private void Begin(Action<Task> keep, Func<Task> work)
    {
        _went = _link.IsWaiting ? _went : _clock.GetTimestamp();
        keep(work());
    }
}
