using System.Text.Json;
using AirportOps.Chaos.Planning;

namespace AirportOps.Chaos.Tests;

public sealed class RoundPlanTests
{
    private static readonly RoundSize Size = new();

    [Fact]
    public void The_same_seed_gives_the_same_plan_and_another_one_another() =>
        Assert.Equal(
            (true, false),
            (Text(RoundPlan.Draw(7, Size)) == Text(RoundPlan.Draw(7, Size)), Text(RoundPlan.Draw(7, Size)) == Text(RoundPlan.Draw(8, Size))));

    [Fact]
    public void Fifty_rounds_hurt_in_every_way_every_layout_and_both_kinds_of_server()
    {
        var plans = Enumerable.Range(1, 50).Select(seed => RoundPlan.Draw(seed, Size)).ToList();

        Assert.Equal(Enum.GetValues<HurtKind>(), plans.SelectMany(plan => plan.Hurts).Select(hurt => hurt.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<StageLayout>(), plans.Select(plan => plan.Layout).Distinct().Order());
        Assert.Equal([false, true], plans.Select(plan => plan.HasOwnServer).Distinct().Order());
        Assert.Equal([false, true], plans.Select(plan => plan.DrainsApart).Distinct().Order());
    }

    [Fact]
    public void A_round_of_one_kind_has_no_other()
    {
        foreach (var kind in Enum.GetValues<HurtKind>())
        {
            var plans = Enumerable.Range(1, 20).Select(seed => RoundPlan.Draw(seed, Size with { Only = kind })).ToList();

            Assert.All(plans, plan => Assert.NotEmpty(plan.Hurts));
            Assert.All(plans.SelectMany(plan => plan.Hurts), hurt => Assert.Equal(kind, hurt.Kind));
        }
    }

    [Fact]
    public void A_server_is_away_at_the_start_only_where_the_round_can_start_it() =>
        Assert.All(
            Enumerable.Range(1, 200).Select(seed => RoundPlan.Draw(seed, Size)).Where(plan => plan.Hurts.Any(hurt => hurt.Kind == HurtKind.Late)),
            plan => Assert.True(plan.HasOwnServer));

    private static string Text(RoundPlan plan) => JsonSerializer.Serialize(plan);
}
