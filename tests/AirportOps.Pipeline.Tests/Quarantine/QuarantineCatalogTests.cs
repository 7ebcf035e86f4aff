using AirportOps.Pipeline.Quarantine;
using AirportOps.Pipeline.Tests.Silver;

namespace AirportOps.Pipeline.Tests.Quarantine;

public sealed class QuarantineCatalogTests
{
    [Fact]
    public async Task A_resolved_event_is_left_out_unless_asked_for_with_what_became_of_it()
    {
        await using var scene = new ReplayScene();
        await scene.SendInOrderAsync(ReplayScene.Large(SilverScene.Reading(1)), "not json", ReplayScene.Large(SilverScene.Reading(1)));
        await scene.Silver.CleanAsync(ReplayScene.Strict());
        var shard = (await scene.QuarantineAsync())[0].Event.Shard;
        await scene.ReplayAsync();

        var left = await scene.QuarantineAsync();
        var all = await scene.QuarantineAsync(withResolved: true);

        Assert.Equal(["not json"], left.Select(ReplayScene.Raw));
        var window = $"events/{shard}.replay/000000000001";
        Assert.Equal(
            [new QuarantineResolution(ResolutionKind.Row, window), null, new QuarantineResolution(ResolutionKind.Duplicate, window)],
            all.Select(entry => entry.Resolution));
    }

    [Fact]
    public async Task A_filter_takes_events_that_meet_all_it_names()
    {
        await using var scene = new ReplayScene();
        await scene.SendInOrderAsync(
            """{"event_type":"weather","src":"met"}""",
            """{"event_type":"weather","source":"met","src":"other"}""",
            """{"event_type":"security","source":"met","event_time":"soon","airport":"JFK"}""",
            """{"event_type":"security","source":"gates","event_time":"soon","airport":"JFK"}""");
        await scene.Silver.CleanAsync(SilverScene.Windows(2));
        var all = await scene.QuarantineAsync();

        Assert.Equal([0, 1, 2], await MatchesAsync(new() { Sources = ["met"] }));
        Assert.Equal([0, 1], await MatchesAsync(new() { Sources = ["met", "gates"], Reasons = ["unknown_type"] }));
        Assert.Equal([2, 3], await MatchesAsync(new() { Fields = ["event_time"] }));
        Assert.Equal([1, 3], await MatchesAsync(new() { References = [all[1].Reference, all[3].Reference] }));
        Assert.Equal([0, 1, 2, 3], await MatchesAsync(new() { Since = Arrived(0), Until = Arrived(3).AddTicks(10) }));
        Assert.Empty(await MatchesAsync(new() { Since = Arrived(3).AddTicks(10) }));
        Assert.Empty(await MatchesAsync(new() { Until = Arrived(0) }));
        Assert.Empty(await MatchesAsync(new() { Until = Arrived(0).AddDays(-1) }));

        DateTimeOffset Arrived(int index) => Iso8601.ToTime(all[index].Event.ArrivedMicros);

        async Task<IEnumerable<int>> MatchesAsync(QuarantineFilter filter) =>
            (await scene.QuarantineAsync(filter)).Select(entry => all.ToList().FindIndex(known => known.Reference == entry.Reference));
    }
}
