using AirportOps.Cleaning.Seen;
using AirportOps.Lake;
using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Reference;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Tests.Silver;

public sealed class SilverStageTests
{
    private static readonly string[] Messy =
    [
        .. Enumerable.Range(0, 40).Select(n => SilverScene.Reading(n)),
        SilverScene.Reading(41, "2026-03-02T00:00:00Z"),
        SilverScene.Reading(3),
        "not json",
        """{"event_id":"w","event_type":"weather"}""",
        .. Enumerable.Range(50, 10).Select(n => SilverScene.Reading(n)),
    ];

    [Fact]
    public async Task A_window_names_its_files_its_range_and_what_became_of_every_event()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Messy);

        await scene.CleanAsync(SilverScene.Windows(1000));

        var manifests = await scene.ManifestsAsync();
        Assert.All(manifests, window => Assert.True(window.Ledger.Balances));
        Assert.Equal(54, manifests.Sum(window => window.Ledger.Records));
        Assert.Equal(51, manifests.Sum(window => window.Ledger.Rows));
        Assert.Equal(51, (await scene.RowsAsync()).Count);
        Assert.Equal(51, manifests.SelectMany(window => window.Files).Sum(file => file.Rows));
        Assert.Equal(
            ["2026-03-01", "2026-03-02"],
            manifests.SelectMany(window => window.Files).Select(file => $"{file.EventDate:yyyy-MM-dd}").Distinct().Order(StringComparer.Ordinal));
        Assert.All(
            manifests.SelectMany(window => window.Files),
            file => Assert.StartsWith($"silver/security_event/event_date={file.EventDate:yyyy-MM-dd}/events-shard", file.Key, StringComparison.Ordinal));
        Assert.Empty(await scene.OrphansAsync());
    }

    [Fact]
    public async Task Refused_events_are_in_the_quarantine_with_their_bytes()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Messy);
        await scene.CleanAsync(SilverScene.Windows(1000));

        var refused = new List<(string, string)>();
        foreach (var file in (await scene.ManifestsAsync()).SelectMany(window => window.Quarantine))
        {
            await foreach (var line in QuarantineReader.ReadAsync(scene.Lake, file, TestContext.Current.CancellationToken))
            {
                refused.Add((line.Reason, System.Text.Encoding.UTF8.GetString(line.Raw.Span)));
            }
        }

        Assert.Equal(
            [("not_json", "not json"), ("unknown_type", """{"event_id":"w","event_type":"weather"}""")],
            refused.Order());
    }

    [Fact]
    public async Task Windows_of_any_size_and_restarts_between_them_give_the_same_rows()
    {
        var expected = await CleanedAtOnceAsync();
        foreach (var size in new[] { 1, 2, 7, 1000 })
        {
            await using var scene = new SilverScene();
            await scene.SendAsync(Messy.Take(20));
            await scene.CleanAsync(SilverScene.Windows(size));
            await scene.SendAsync(Messy.Skip(20));
            await scene.CleanAsync(SilverScene.Windows(size));
            await scene.CleanAsync(SilverScene.Windows(size));

            Assert.Equal(expected, await scene.RowsAsync());
        }
    }

    [Fact]
    public async Task Ids_beyond_what_memory_may_hold_are_remembered_across_windows_and_restarts()
    {
        var expected = await CleanedAtOnceAsync();
        using var folder = new TemporaryFolder();
        await using var scene = new SilverScene();
        var options = SilverScene.Windows(7) with { Ids = new SeenLimit(3, Path.Combine(folder.Path, "ids")) };
        await scene.SendAsync(Messy.Take(20));
        await scene.CleanAsync(options);
        await scene.SendAsync(Messy.Skip(20));
        await scene.CleanAsync(options);

        Assert.Equal(expected, await scene.RowsAsync());
        Assert.Equal(OperatingSystem.IsWindows(), Directory.EnumerateFiles(options.Ids.Folder).Any());
    }

    [Fact]
    public async Task Ids_that_can_not_be_kept_end_the_stage_in_one_line()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(SilverScene.Reading(1));
        var file = Path.GetTempFileName();

        var wrong = await Assert.ThrowsAsync<PipelineException>(() => scene.CleanAsync(SilverScene.Windows(7) with { Ids = new SeenLimit(1, file) }));

        Assert.StartsWith("The ids of shard ", wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith("Make room there and start 'silver' again; it goes on after its last window.", wrong.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task The_archive_of_a_stream_gives_the_rows_of_the_stream()
    {
        var token = TestContext.Current.CancellationToken;
        await using var scene = new SilverScene();
        using var folder = new TemporaryFolder();
        var rebuilt = FileLake.Open(folder.Path, TimeProvider.System);
        await scene.SendAsync(Messy);
        await scene.CleanAsync(SilverScene.Windows(7));
        await new BronzeArchiver(scene.Lake, BronzeLimits.Default with { Records = 5 }, TimeProvider.System)
            .RunAsync(scene.Stream, Drain.Now(), new StageProgress("bronze"), token);

        await using var archive = new BronzeStream(scene.Lake, scene.Stream.Name);
        await new SilverStage(archive, rebuilt, ReferenceTables.Default, SilverScene.Windows(11), new StageProgress("silver"), TimeProvider.System)
            .RunAsync(Drain.Now(), token);

        Assert.Equal(await scene.RowsAsync(), await scene.RowsAsync(rebuilt));
    }

    [Fact]
    public async Task A_duplicate_is_dropped_across_windows_and_restarts()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(SilverScene.Reading(1));
        await scene.CleanAsync(SilverScene.Windows(1));
        await scene.SendAsync(SilverScene.Reading(1), SilverScene.Reading(1).Replace("1.5", "2.5", StringComparison.Ordinal));
        await scene.CleanAsync(SilverScene.Windows(1));

        var ledgers = (await scene.ManifestsAsync()).Select(window => window.Ledger).ToArray();
        Assert.Equal((1, 1, 1), (ledgers.Sum(l => l.Rows), ledgers.Sum(l => l.Duplicates), ledgers.Sum(l => l.RefusedEvents)));
        Assert.Single(await scene.RowsAsync());
    }

    [Fact]
    public async Task Rows_that_come_late_are_counted_against_what_the_shard_had_reached_and_kept()
    {
        await using var scene = new SilverScene();
        var number = 0;
        foreach (var time in new[] { "2026-03-01T12:00:00Z", "2026-03-01T10:00:00Z", "2026-02-27T12:00:00Z", "2026-03-01T11:59:30Z" })
        {
            await scene.SendAsync(SilverScene.Reading(number++, time));
            await scene.CleanAsync(SilverScene.Windows(100));
        }

        var windows = await scene.ManifestsAsync();

        Assert.Equal([0, 1, 1, 1], windows.Select(window => window.LateRows));
        Assert.Equal([0, 2 * 3600, 48 * 3600, 30], windows.Select(window => window.MaxLatenessSeconds));
        Assert.All(windows.Skip(1), window => Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), window.WatermarkBefore));
        Assert.Equal(4, (await scene.RowsAsync()).Count);
    }

    [Fact]
    public async Task Killed_at_any_write_a_restart_gives_the_same_rows_and_sweeps_what_is_left_over()
    {
        var expected = await CleanedAtOnceAsync();
        var operations = await OperationsAsync();
        Assert.InRange(operations, 15, 200);
        for (var killedAt = 1; killedAt <= operations; killedAt++)
        {
            foreach (var afterEffect in new[] { false, true })
            {
                await using var scene = new SilverScene();
                await scene.SendAsync(Messy);
                await Assert.ThrowsAsync<LakeException>(
                    () => scene.CleanAsync(SilverScene.Windows(10), new FaultyLake(scene.Lake, killedAt, afterEffect)));

                await scene.CleanAsync(SilverScene.Windows(13));

                Assert.Equal(expected, await scene.RowsAsync());
                Assert.Empty(await scene.OrphansAsync());
            }
        }
    }

    [Fact]
    public async Task After_many_races_that_ended_in_a_kill_the_next_worker_leaves_only_what_manifests_name()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        await using var scene = new SilverScene();
        var killed = 0;
        for (var race = 0; race < 20; race++)
        {
            await scene.SendAsync(Enumerable.Range(race * 30, 30).Select(n => SilverScene.Reading(n)).Append("{"));
            var racers = Enumerable.Range(0, 3).Select(async racer =>
            {
                try
                {
                    await scene.CleanAsync(SilverScene.Windows(7 + random.Next(5)), new FaultyLake(scene.Lake, 1 + random.Next(40), random.Next(2) == 0));
                }
                catch (Exception lost) when (lost is PipelineException or LakeException)
                {
                    Interlocked.Increment(ref killed);
                }
            });
            await Task.WhenAll(racers.ToArray());
        }

        await scene.CleanAsync(SilverScene.Windows(100));
        await scene.CleanAsync(SilverScene.Windows(100));

        Assert.True(killed > 0, $"seed {Seed}: {killed} workers were killed or lost");
        Assert.Equal(600, (await scene.RowsAsync()).Count);
        Assert.Empty(await scene.OrphansAsync());
    }

    [Fact]
    public async Task A_worker_goes_on_in_the_live_generation_behind_the_windows_it_took_over()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Messy);
        await scene.CleanAsync(SilverScene.Windows(10));
        var before = await scene.RowsAsync();
        await BeginGenerationAsync(scene);
        await scene.SendAsync(Enumerable.Range(100, 20).Select(n => SilverScene.Reading(n)).Append(SilverScene.Reading(3)));

        await scene.CleanAsync(SilverScene.Windows(10));

        var after = await scene.RowsAsync();
        Assert.Equal((before.Count + 20, before.Count), (after.Count, after.Intersect(before).Count()));
        Assert.All((await scene.ManifestsAsync()).GroupBy(window => window.Shard), shard =>
        {
            Assert.Equal([1, 2], shard.Select(window => window.Generation).Distinct());
            Assert.Equal(Enumerable.Range(1, shard.Count()).Select(n => (long)n), shard.Select(window => window.Ordinal));
        });
        Assert.Equal(["silver/_generations/000002.json"], await scene.OrphansAsync());
    }

    [Fact]
    public async Task A_worker_that_was_running_when_a_generation_began_commits_nothing_more()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Messy);

        var ended = await Assert.ThrowsAsync<PipelineException>(() => scene.CleanAsync(SilverScene.Windows(10), new RestoredLake(scene)));

        Assert.Equal(Fault.Ours, ended.Fault);
        Assert.Contains("was restored: generation 2 has begun while 'silver' worked in generation 1.", ended.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await scene.ManifestsAsync(), window => window.Generation == 1);
        await scene.CleanAsync(SilverScene.Windows(10));
        Assert.Equal(await CleanedAtOnceAsync(), await scene.RowsAsync());
    }

    [Fact]
    public async Task Of_two_workers_on_a_shard_the_one_that_lost_stops_and_says_so()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Messy);
        var overtaken = new OvertakenLake(scene);

        var lost = await Assert.ThrowsAsync<PipelineException>(() => scene.CleanAsync(SilverScene.Windows(30), overtaken));

        Assert.Contains("Another worker has committed window events/", lost.Message, StringComparison.Ordinal);
        Assert.Equal(await CleanedAtOnceAsync(), await scene.RowsAsync());
        Assert.Empty(await scene.OrphansAsync());
    }

    [Fact]
    public async Task A_service_that_is_stopped_commits_what_it_has_read()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Messy);
        using var stop = new CancellationTokenSource();
        var stage = new SilverStage(
            scene.Stream,
            scene.Lake,
            ReferenceTables.Default,
            SilverScene.Windows(1_000),
            new StageProgress("silver"),
            new StopWhenIdle(stop, waits: 50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.RunAsync(new Drain(), stop.Token));

        Assert.Equal(await CleanedAtOnceAsync(), await scene.RowsAsync());
    }

    /// <summary>How many writes and deletes an undisturbed run takes.</summary>
    private static async Task<int> OperationsAsync()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Messy);
        var counting = new FaultyLake(scene.Lake, int.MaxValue, afterEffect: false);
        await scene.CleanAsync(SilverScene.Windows(10), counting);
        return counting.Operations;
    }

    private static async Task<IReadOnlyList<string>> CleanedAtOnceAsync()
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(Messy);
        await scene.CleanAsync(SilverScene.Windows(1000));
        return await scene.RowsAsync();
    }

    private static Task BeginGenerationAsync(SilverScene scene) =>
        new GenerationStart(scene.Lake, TimeProvider.System, new StageProgress("check")).BeginAsync(1, "test", false, TestContext.Current.CancellationToken);

    /// <summary>A lake in which a generation begins just before the first Parquet file is put.</summary>
    private sealed class RestoredLake(SilverScene scene) : LakeDecorator(scene.Lake)
    {
        private readonly Lazy<Task> _begun = new(() => BeginGenerationAsync(scene));

        public override async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
        {
            if (key.EndsWith(".parquet", StringComparison.Ordinal))
            {
                await _begun.Value;
            }

            return await base.PutAsync(key, content, mode, cancellationToken);
        }
    }
}
