using System.Globalization;
using AirportOps.Chaos.Planning;

namespace AirportOps.Chaos.Stages;

/// <summary>The command lines of a round's stages.</summary>
internal static class StageCommands
{
    /// <summary>The services.</summary>
    internal static IReadOnlyList<string> Of(RoundPlan plan)
    {
        var window = string.Create(CultureInfo.InvariantCulture, $"--window-seconds {plan.WindowSeconds}");
        return plan.Layout switch
        {
            StageLayout.Together => [$"run --bronze-seconds 1 {window}"],
            StageLayout.Apart => ["bronze --bronze-seconds 1", $"silver --no-load {window}", "load --follow", "gold build --follow"],
            _ => throw new InvalidOperationException($"{plan.Layout} is no layout."),
        };
    }

    /// <summary>What works off the rest once the services have ended.</summary>
    internal static IReadOnlyList<string> Drain(RoundPlan plan) =>
        plan.DrainsApart ? ["bronze --once", "silver --once --no-load", "load", "gold build"] : ["run --once"];
}
