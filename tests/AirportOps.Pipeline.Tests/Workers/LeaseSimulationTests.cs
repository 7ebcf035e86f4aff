namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>
/// Workers over leases whose requests are delayed, reordered, lost, or answered by nothing; that are killed, frozen and joined by others; whose clocks
/// are set wrong and run at different speeds. Everything follows from the seed.
/// </summary>
public sealed class LeaseSimulationTests
{
    private const int Seeds = 15;
    private const long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public async Task No_two_workers_are_sure_of_one_shard_and_in_the_end_each_shard_has_one_worker_and_they_share_evenly()
    {
        // On a thread without a context, where continuations run at once.
        await Task.Run(
            () =>
            {
                var changes = 0;
                for (var seed = 1; seed <= Seeds; seed++)
                {
                    changes += Simulate(seed, maxShards: int.MaxValue, isEven: true);
                }

                // The simulation does what it says: shards change hands.
                Assert.InRange(changes, 8 * Seeds, int.MaxValue);
            },
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task With_room_for_all_shards_none_is_left_although_workers_have_limits()
    {
        await Task.Run(
            () =>
            {
                for (var seed = 1; seed <= Seeds / 3; seed++)
                {
                    Simulate(seed, maxShards: 2, isEven: false);
                }
            },
            TestContext.Current.CancellationToken);
    }

    /// <param name="seed">Everything follows from it.</param>
    /// <param name="maxShards">The limit of every other worker; the others have none.</param>
    /// <param name="isEven">Whether the shards must be shared evenly in the end.</param>
    /// <returns>How often a shard had another worker than before.</returns>
    private static int Simulate(int seed, int maxShards, bool isEven)
    {
        var random = new Random(seed);
        var time = new SimulatedTime();
        var store = new MemoryLeaseStore();
        var workers = new List<SimulatedWorker>();
        List<string> shards = [.. Enumerable.Range(0, random.Next(2, 9)).Select(number => $"shard-{number}")];
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var changes = 0;
        Join();
        for (var phase = 0; phase < 16; phase++)
        {
            Disturb();
            Run(TimeSpan.FromSeconds(random.Next(1, 25)), faults: random.Next(3) == 0 ? 0.4 : 0.05);
        }

        // Nothing happens any more; who was frozen goes on.
        workers.ForEach(worker => worker.FrozenUntil = 0);
        Run(TimeSpan.FromMinutes(3), faults: 0);
        var live = workers.Where(worker => !worker.IsKilled).ToList();
        var before = State();
        Run(TimeSpan.FromSeconds(40), faults: 0);

        Assert.Equal(before, State());
        Assert.Equal(shards.Order(StringComparer.Ordinal), live.SelectMany(worker => worker.Held).Order(StringComparer.Ordinal));
        if (isEven)
        {
            var counts = live.Select(worker => worker.Held.Count()).ToList();
            Assert.True(counts.Max() - counts.Min() <= 1, $"seed {seed}: {State()}");
        }

        return changes;

        string State() => $"seed {seed}: " + string.Join("; ", live.Select(worker => $"{worker.Name}: {string.Join(' ', worker.Held.Order(StringComparer.Ordinal))}"));

        void Join() => workers.Add(new SimulatedWorker(
            $"worker-{workers.Count}",
            store,
            new WorkerClock(time, 0.97 + (random.NextDouble() * 0.06), random.NextInt64(1_000_000) * Second),
            workers.Count % 2 == 0 ? int.MaxValue : maxShards));

        void Disturb()
        {
            var victim = workers[random.Next(workers.Count)];
            switch (random.Next(5))
            {
                case 0 or 1 when workers.Count < 7:
                    Join();
                    break;
                case 2 when victim != workers[0]:
                    victim.IsKilled = true;
                    break;
                case 3:
                    victim.FrozenUntil = time.Now + (random.Next(1, 40) * Second);
                    break;
                default:
                    // A split or a merge: one shard ends, others begin.
                    shards.RemoveAt(random.Next(shards.Count));
                    shards.AddRange(Enumerable.Range(0, random.Next(1, 3)).Select(number => $"shard-{time.Now}-{number}"));
                    break;
            }
        }

        void Run(TimeSpan length, double faults)
        {
            for (var end = time.Now + length.Ticks; time.Now < end;)
            {
                time.Now += random.NextInt64(Second / 20);
                var worker = workers[random.Next(workers.Count)];
                if (random.Next(2) == 0)
                {
                    worker.Deliver(random, faults);
                }
                else if (!worker.IsKilled && time.Now >= worker.FrozenUntil)
                {
                    worker.Step(random, shards, faults);
                }

                Check();
            }
        }

        void Check()
        {
            foreach (var shard in workers.SelectMany(worker => worker.Held.Select(held => (Shard: held, worker.Name))).GroupBy(held => held.Shard))
            {
                Assert.True(shard.Count() == 1, $"seed {seed}: {string.Join(" and ", shard.Select(held => held.Name))} are both sure of {shard.Key}");
                var name = shard.First().Name;
                changes += owners.TryGetValue(shard.Key, out var owner) && owner != name ? 1 : 0;
                owners[shard.Key] = name;
            }
        }
    }
}
