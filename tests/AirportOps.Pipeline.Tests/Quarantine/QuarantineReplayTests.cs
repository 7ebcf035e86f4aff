using AirportOps.Lake;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Pipeline.Tests.Loading;
using AirportOps.Pipeline.Tests.Silver;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Tests.Quarantine;

public sealed class QuarantineReplayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_replay_does_exactly_what_was_predicted_and_a_second_one_adds_nothing(int seed)
    {
        await using var scene = new ReplayScene();
        await scene.Silver.SendAsync(ReplayScene.Mixture(seed));
        await scene.Silver.CleanAsync(ReplayScene.Strict(windowRecords: 20));
        var rowsBefore = (await scene.Silver.RowsAsync()).Count;
        var lakeBefore = await scene.LakeAsync();

        var predicted = await scene.ReplayAsync(isDryRun: true);
        Assert.Equal(lakeBefore, await scene.LakeAsync());
        var done = await scene.ReplayAsync();
        var rows = await scene.Silver.RowsAsync();
        var again = await scene.ReplayAsync();

        Assert.Equal(ReplayScene.Spell(predicted), ReplayScene.Spell(done));
        Assert.Equal(rowsBefore + predicted.Rows, rows.Count);
        Assert.Equal(await CleanedWithTodaysRulesAsync(ReplayScene.Mixture(seed)), rows);
        Assert.All([predicted.Rows, predicted.Duplicates, predicted.Refused], count => Assert.InRange(count, 1, 100));
        Assert.Equal((0, 0, again.Tried), (again.Rows, again.Duplicates, again.Refused));
        Assert.Empty(again.Windows);
        Assert.Equal(rows, await scene.Silver.RowsAsync());
        Assert.Empty(await scene.Silver.OrphansAsync());
    }

    [Fact]
    public async Task The_window_of_a_replay_balances_and_moves_no_watermark()
    {
        await using var scene = new ReplayScene();
        await scene.SendInOrderAsync(ReplayScene.Large(SilverScene.Reading(1)), ReplayScene.Large(SilverScene.Reading(1)), "not json", SilverScene.Reading(2));
        await scene.Silver.CleanAsync(ReplayScene.Strict());
        var refused = (await scene.QuarantineAsync())[0];

        await scene.ReplayAsync();

        var window = Assert.Single(await scene.Silver.ManifestsAsync(), window => ReplayShard.IsReplay(window.Shard));
        Assert.Equal(refused.Event.Shard, ReplayShard.OriginalOf(window.Shard));
        Assert.Equal((2, 2, 1, 1, 0), (window.Ledger.Records, window.Ledger.Events, window.Ledger.Rows, window.Ledger.Duplicates, window.Ledger.RefusedEvents));
        Assert.Null(window.Watermark);
        Assert.Equal(new ResolvedLines(refused.Reference.Key, "1", "2"), Assert.Single(window.Replayed!.Lines));
        Assert.Equal(2, Assert.Single(window.Replayed.Reasons, reason => reason.Key == "too_large").Value);
    }

    [Fact]
    public async Task Accepted_meanwhile_with_equal_content_is_a_duplicate_with_other_content_a_conflict()
    {
        await using var scene = new ReplayScene();
        await scene.SendInOrderAsync(
            ReplayScene.Large(SilverScene.Reading(1)), ReplayScene.Large(ReplayScene.Other(2)), SilverScene.Reading(1), SilverScene.Reading(2));
        await scene.Silver.CleanAsync(ReplayScene.Strict());

        var outcome = await scene.ReplayAsync();

        Assert.Equal((0, 1), (outcome.Rows, outcome.Duplicates));
        Assert.Equal([KeyValuePair.Create("conflicting_duplicate", 1L)], Assert.Single(outcome.Groups).Refused);
        Assert.Equal(ReplayScene.Large(ReplayScene.Other(2)), ReplayScene.Raw(Assert.Single(await scene.QuarantineAsync())));
    }

    [Fact]
    public async Task What_is_still_refused_of_a_record_of_several_is_refused_on_its_own()
    {
        await using var scene = new ReplayScene();
        await scene.Silver.SendAsync(ReplayScene.Large($$"""[{{SilverScene.Reading(1)}},{"event_type":"tide"}]"""));
        await scene.Silver.CleanAsync(ReplayScene.Strict());

        await scene.ReplayAsync();
        var again = await scene.ReplayAsync();

        Assert.Single(await scene.Silver.RowsAsync());
        var left = Assert.Single(await scene.QuarantineAsync());
        Assert.Equal(("unknown_type", """{"event_type":"tide"}"""), (left.Event.Reason, ReplayScene.Raw(left)));
        Assert.Equal((1, 1), (again.Tried, again.Refused));
    }

    [Fact]
    public async Task Killed_at_any_write_and_run_again_every_event_is_added_once()
    {
        const int Seed = 4;
        var expected = await CleanedWithTodaysRulesAsync(ReplayScene.Mixture(Seed));
        var operations = int.MaxValue;
        for (var killedAt = 1; killedAt <= operations; killedAt++)
        {
            foreach (var afterEffect in new[] { false, true })
            {
                await using var scene = new ReplayScene();
                await scene.Silver.SendAsync(ReplayScene.Mixture(Seed));
                await scene.Silver.CleanAsync(ReplayScene.Strict());
                if (operations == int.MaxValue)
                {
                    operations = await OperationsAsync();
                }

                await Assert.ThrowsAsync<LakeException>(
                    () => scene.ReplayAsync(lake: new FaultyLake(scene.Silver.Lake, killedAt, afterEffect), options: SilverScene.Windows(12)));
                await scene.ReplayAsync(options: SilverScene.Windows(9));

                Assert.Equal(expected, await scene.Silver.RowsAsync());
                Assert.Equal(0, (await scene.ReplayAsync()).Rows);
                Assert.All(await scene.Silver.ManifestsAsync(), window => Assert.True(window.Ledger.Balances));
            }
        }

        async Task<int> OperationsAsync()
        {
            await using var scene = new ReplayScene();
            await scene.Silver.SendAsync(ReplayScene.Mixture(Seed));
            await scene.Silver.CleanAsync(ReplayScene.Strict());
            var counting = new FaultyLake(scene.Silver.Lake, int.MaxValue, afterEffect: false);
            await scene.ReplayAsync(lake: counting, options: SilverScene.Windows(12));
            Assert.InRange(counting.Operations, 8, 60);
            return counting.Operations;
        }
    }

    [Fact]
    public async Task Of_two_replays_at_once_one_adds_the_rows_and_the_other_says_so()
    {
        await using var scene = new ReplayScene();
        await scene.SendInOrderAsync(ReplayScene.Large(SilverScene.Reading(1)), ReplayScene.Large(SilverScene.Reading(2)));
        await scene.Silver.CleanAsync(ReplayScene.Strict());
        var overtaken = new HookedLake(scene.Silver.Lake, isAfter: false, () => scene.ReplayAsync());

        var lost = await Assert.ThrowsAsync<PipelineException>(() => scene.ReplayAsync(lake: overtaken, options: SilverScene.Windows(1)));

        Assert.StartsWith("Another replay has committed window events/", lost.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await scene.Silver.RowsAsync()).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silver_drops_a_later_duplicate_of_a_replayed_event(bool isRunningMeanwhile)
    {
        await using var scene = new ReplayScene();
        await scene.SendInOrderAsync(ReplayScene.Large(SilverScene.Reading(1)));
        if (isRunningMeanwhile)
        {
            await scene.SendInOrderAsync(SilverScene.Reading(1), ReplayScene.Other(1));
            var lake = new HookedLake(scene.Silver.Lake, isAfter: true, () => scene.ReplayAsync());
            await scene.Silver.CleanAsync(ReplayScene.Strict(windowRecords: 1), lake);
        }
        else
        {
            await scene.Silver.CleanAsync(ReplayScene.Strict());
            await scene.ReplayAsync();
            await scene.SendInOrderAsync(SilverScene.Reading(1), ReplayScene.Other(1));
            await scene.Silver.CleanAsync(ReplayScene.Strict());
        }

        var silver = (await scene.Silver.ManifestsAsync()).Where(window => !ReplayShard.IsReplay(window.Shard)).Select(window => window.Ledger).ToArray();
        Assert.Equal((0, 1), (silver.Sum(ledger => ledger.Rows), silver.Sum(ledger => ledger.Duplicates)));
        Assert.Equal(["conflicting_duplicate"], (await scene.QuarantineAsync()).Select(entry => entry.Event.Reason));
        Assert.Single(await scene.Silver.RowsAsync());
    }

    [Fact]
    public async Task The_loader_loads_replayed_windows_once()
    {
        await using var scene = new ReplayScene();
        await scene.SendInOrderAsync(ReplayScene.Large(SilverScene.Reading(1)), SilverScene.Reading(2));
        await scene.Silver.CleanAsync(ReplayScene.Strict());
        var staging = new RecordingStaging();

        var first = await LoadAsync(scene, staging);
        await scene.ReplayAsync();
        var second = await LoadAsync(scene, staging);
        await scene.ReplayAsync();
        var third = await LoadAsync(scene, staging);

        Assert.Equal([new LoadOutcome(1, 1, 0), new LoadOutcome(1, 1, 0), default], [first, second, third]);
    }

    [Fact]
    public async Task A_filter_narrows_what_is_tried()
    {
        await using var scene = new ReplayScene();
        await scene.SendInOrderAsync(ReplayScene.Large(SilverScene.Reading(1)), ReplayScene.Large(SilverScene.Reading(2)), "not json");
        await scene.Silver.CleanAsync(ReplayScene.Strict());
        var second = (await scene.QuarantineAsync())[1].Reference;

        var notJson = await scene.ReplayAsync(new QuarantineFilter { Reasons = ["not_json"] });
        var named = await scene.ReplayAsync(new QuarantineFilter { References = [second] });

        Assert.Equal((1, 0), (notJson.Tried, notJson.Rows));
        Assert.Equal((1, 1), (named.Tried, named.Rows));
        Assert.Equal(2, (await scene.QuarantineAsync()).Count);
    }

    [Fact]
    public async Task Progress_counts_lines_events_and_windows()
    {
        await using var scene = new ReplayScene();
        await scene.SendInOrderAsync(ReplayScene.Large(SilverScene.Reading(1)), ReplayScene.Large(SilverScene.Reading(1)), "not json");
        await scene.Silver.CleanAsync(ReplayScene.Strict());
        var progress = new StageProgress("replay");

        await scene.ReplayAsync(progress: progress);

        Assert.Equal(new StageSnapshot("replay", 3, 3, 1, 1, 1, 1, 0, 0, TimeSpan.Zero, null, true), progress.Snapshot() with { SignsOfLife = 0 });
    }

    /// <summary>The rows that the same events give when nothing was ever too strict; ids that came on two shards count once.</summary>
    private static async Task<IReadOnlyList<string>> CleanedWithTodaysRulesAsync(IReadOnlyList<string> events)
    {
        await using var scene = new SilverScene();
        await scene.SendAsync(events);
        await scene.CleanAsync(SilverScene.Windows(1000));
        return [.. (await scene.RowsAsync()).Distinct(StringComparer.Ordinal)];
    }

    private static Task<LoadOutcome> LoadAsync(ReplayScene scene, RecordingStaging staging) =>
        new LoaderStage(new WindowStore(scene.Silver.Lake), scene.Silver.Lake, staging, TimeProvider.System)
            .RunAsync(null, Drain.Now(), new StageProgress("load"), TestContext.Current.CancellationToken);
}
