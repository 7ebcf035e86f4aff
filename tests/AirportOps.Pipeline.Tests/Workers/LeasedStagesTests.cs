using AirportOps.Lake;
using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Tests.Bronze;
using AirportOps.Pipeline.Tests.Silver;
using AirportOps.Pipeline.Workers;
using AirportOps.Reference;
using AirportOps.Reliability;
using AirportOps.Streams;
using AirportOps.Streams.Leases;
using AirportOps.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>Stages that share shards: what becomes of windows when shards change hands.</summary>
public sealed class LeasedStagesTests
{
    private static readonly string[] Events = [.. Enumerable.Range(0, 40).Select(n => SilverScene.Reading(n)), SilverScene.Reading(3), "not json"];

    private static readonly DateTimeOffset Arrived = new(2024, 10, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly MemoryLeaseStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_that_froze_before_its_commit_loses_the_window_to_its_successor_and_goes_on()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Events);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = new GatedLeaseStore(_store);
        var lake = new GatedLake(scene.Lake);
        var frozen = Silver(scene, "frozen", link, lake, isShort: true).RunAsync(Drain.Now(), Token);
        await lake.Reached;
        link.Before = () => gate.Task;

        await Silver(scene, "successor", _store, isShort: true).RunAsync(Drain.Now(), Token);
        var committed = await scene.ManifestsAsync();
        gate.SetResult();
        lake.Open();
        await frozen;

        Assert.Equal(await CleanedAloneAsync(Events), await scene.RowsAsync());
        Assert.Equal(committed.Select(window => window.Id), (await scene.ManifestsAsync()).Select(window => window.Id));
        Assert.Empty(await scene.OrphansAsync());
    }

    [Fact]
    public async Task A_shard_is_handed_over_with_its_window_committed()
    {
        const int Readings = 30;
        using var folder = new TemporaryFolder();
        var lake = FileLake.Open(folder.Path, TimeProvider.System);
        var stream = new MemoryEventStream("s").AddShard("a").AddShard("b");
        foreach (var number in Enumerable.Range(1, Readings))
        {
            Append(stream, number % 2 == 0 ? "a" : "b", number, number);
        }

        var reads = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        stream.Reading = shard => reads.AddOrUpdate(shard, 1, (_, times) => times + 1);
        using var stop = new CancellationTokenSource();
        var (first, second) = (new StageProgress("silver"), new StageProgress("silver"));
        var one = Silver(stream, lake, "one", first).RunAsync(new Drain(), stop.Token);
        await UntilAsync("both shards are read on", _ => reads.GetValueOrDefault("a") > Readings && reads.GetValueOrDefault("b") > Readings, one);
        Assert.Equal(0, first.Snapshot().Records);

        var two = Silver(stream, lake, "two", second).RunAsync(new Drain(), stop.Token);
        await UntilAsync("each worker has a shard", leases => leases.Select(lease => lease.Owner).Order(StringComparer.Ordinal).SequenceEqual(["one", "two"]), one, two);

        // Windows stay open for an hour, so the one that is committed is that of the shard handed over.
        await UntilAsync("the first worker commits", _ => first.Snapshot().Outputs == 1, one, two);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        Assert.Equal((Readings, Readings, 0), (first.Snapshot().Records, first.Snapshot().Rows, second.Snapshot().Records));
        Assert.All(_store.All, lease => Assert.Null(lease.Owner));
    }

    [Fact]
    public async Task Children_begin_when_their_parents_are_done_whoever_did_them_and_know_their_ids()
    {
        using var folder = new TemporaryFolder();
        var lake = FileLake.Open(folder.Path, TimeProvider.System);
        var stream = new MemoryEventStream("s").AddShard("a");
        Append(stream, "a", 1, 1);
        Append(stream, "a", 2, 2);
        await RunAsync("one");
        Append(stream, "a", 3, 3);
        stream.Close("a");
        stream.AddShard("b", "a").AddShard("c", "a");
        Append(stream, "b", 4, 1);
        Append(stream, "b", 5, 5);
        Append(stream, "c", 6, 3);
        stream.AddShard("d", "b", "c");
        Append(stream, "d", 7, 5);
        stream.Close("b");
        stream.Close("c");

        var progress = await RunAsync("two");

        // The event that "a" had left, and one more; those of "b" and "c" that "a" had, and that of "d" that "b" had, are duplicates.
        Assert.Equal((5, 2, 3), (progress.Records, progress.Rows, progress.Duplicates));
        Assert.Equal([("a", true), ("b", true), ("c", true), ("d", false)], _store.All.Select(lease => (lease.Key[^1..], lease.IsEnded)));

        async Task<StageSnapshot> RunAsync(string worker)
        {
            var counted = new StageProgress("silver");
            await Silver(stream, lake, worker, counted).RunAsync(Drain.Now(), Token);
            return counted.Snapshot();
        }
    }

    [Fact]
    public async Task A_lease_that_has_ended_by_mistake_keeps_nobody_from_the_shard()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Events);
        foreach (var shard in await scene.Stream.ListShardsAsync(Token))
        {
            var key = ShardLeases.Prefix(scene.Lake, scene.Stream.Name, ShardLeases.Silver) + shard.Id;
            await _store.TryTakeAsync(key, null, "before", Token);
            await _store.TryReleaseAsync(key, "before", null, isEnded: true, Token);
        }

        await Silver(scene, "after", _store).RunAsync(Drain.Now(), Token);

        Assert.Equal(await CleanedAloneAsync(Events), await scene.RowsAsync());
    }

    [Fact]
    public async Task While_the_leases_are_away_longer_than_they_last_shards_are_left_and_taken_again_after()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Events.Take(20));
        var link = new GatedLeaseStore(_store);
        using var stop = new CancellationTokenSource();
        var logger = new LineList();
        var stage = Silver(scene, "one", link, logger: logger, isShort: true).RunAsync(new Drain(), stop.Token);
        await UntilAsync("both shards are held", leases => leases.Count(lease => lease.Owner is not null) == 2, stage);

        link.Before = () => throw new StreamException("away", Fault.Outside, null);
        await UntilAsync(
            "both shards are said to be lost",
            _ => logger.Lines.Count(line => line.Contains("its lease ran out before it could be renewed", StringComparison.Ordinal)) == 2,
            stage);

        var before = _store.All.ToDictionary(lease => lease.Key, lease => lease.Counter);
        link.Before = () => Task.CompletedTask;
        await UntilAsync("both shards are taken again", leases => leases.All(lease => lease.Owner == "one" && lease.Counter > before[lease.Key]), stage);
        await scene.SendAsync(Events.Skip(20));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage);
        await Silver(scene, "last", _store).RunAsync(Drain.Now(), Token);

        Assert.Equal(await CleanedAloneAsync(Events), await scene.RowsAsync());
    }

    [Fact]
    public async Task Leases_that_are_refused_end_the_stage_with_what_was_read_committed()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Events);
        var link = new GatedLeaseStore(_store);
        var stage = Silver(scene, "one", link).RunAsync(new Drain(), Token);
        await UntilAsync("both leases are renewed", leases => leases.Count(lease => lease.Counter > 1) == 2, stage);

        link.Before = () => throw new StreamException("not yours", Fault.Operator, null);

        Assert.Equal("not yours", (await Assert.ThrowsAsync<StreamException>(() => stage)).Message);
    }

    [Fact]
    public async Task A_worker_with_room_for_one_shard_works_off_one_after_the_other()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Events);

        await Silver(scene, "one", _store, maxShards: 1).RunAsync(Drain.Now(), Token);

        Assert.Equal(await CleanedAloneAsync(Events), await scene.RowsAsync());
    }

    [Fact]
    public async Task Two_archivers_share_the_shards_and_archive_each_record_once()
    {
        using var lake = new WatchedLake();
        var stream = new MemoryEventStream("s").AddShard("a").AddShard("b");
        foreach (var number in Enumerable.Range(1, 40))
        {
            stream.Append(number % 2 == 0 ? "a" : "b", number, RawZone.Noon);
        }

        stream.Close("a");
        var (first, second) = (new StageProgress("bronze"), new StageProgress("bronze"));
        await Task.WhenAll(ArchiveAsync("one", first), ArchiveAsync("two", second));

        Assert.Equal(40, first.Snapshot().Records + second.Snapshot().Records);
        Assert.Equal(stream.Describe("a"), await RawZone.ReadAsync(lake, "s", "a", StreamPosition.TrimHorizon, Token));
        Assert.Equal(stream.Describe("b"), await RawZone.ReadAsync(lake, "s", "b", StreamPosition.TrimHorizon, Token));
        Assert.Equal([true, false], _store.All.Select(lease => lease.IsEnded));

        Task ArchiveAsync(string worker, StageProgress progress) =>
            new BronzeArchiver(lake, RawZone.Small, TimeProvider.System) { Leases = Leases(worker, _store) }.RunAsync(stream, Drain.Now(), progress, Token);
    }

    /// <summary>Leases that last for the whole test, or expire soon where the test is about that.</summary>
    private static ShardLeases Leases(string worker, ILeaseStore store, int maxShards = int.MaxValue, LineList? logger = null, bool isShort = false) => new(
        store,
        new LeaseOptions(worker) { Duration = isShort ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(10), Heartbeat = TimeSpan.FromMilliseconds(20), MaxShards = maxShards },
        logger is null ? NullLogger.Instance : logger);

    private static SilverStage Silver(
        SilverScene scene,
        string worker,
        ILeaseStore store,
        ILake? lake = null,
        int maxShards = int.MaxValue,
        LineList? logger = null,
        bool isShort = false) =>
        new(scene.Stream, lake ?? scene.Lake, ReferenceTables.Default, SilverScene.Windows(1_000), new StageProgress("silver"), TimeProvider.System)
        {
            Leases = Leases(worker, store, maxShards, logger, isShort),
        };

    private SilverStage Silver(MemoryEventStream stream, ILake lake, string worker, StageProgress progress) =>
        new(stream, lake, ReferenceTables.Default, SilverScene.Windows(1_000), progress, TimeProvider.System) { Leases = Leases(worker, _store) };

    private static void Append(MemoryEventStream stream, string shard, int sequence, int reading) => stream.Append(
        shard, $"{sequence}", Arrived, "k", System.Text.Encoding.UTF8.GetBytes(SilverScene.Reading(reading, "2024-10-01T00:00:00Z")));

    /// <summary>What one worker without leases makes of the events.</summary>
    private static async Task<IReadOnlyList<string>> CleanedAloneAsync(IEnumerable<string> events)
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(events);
        await scene.CleanAsync(SilverScene.Windows(1_000));
        return await scene.RowsAsync();
    }

    private Task UntilAsync(string what, Func<IReadOnlyList<Lease>, bool> isSo, params Task[] stages) => Deadline.UntilAsync(
        what,
        async () =>
        {
            foreach (var ended in stages.Where(stage => stage.IsCompleted))
            {
                await ended;
            }

            return isSo(_store.All);
        },
        TimeSpan.FromSeconds(60),
        Token);
}
