using System.Globalization;
using AirportOps.Chaos.Planning;

namespace AirportOps.Chaos.Rounds;

/// <summary>How a round ended.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="Applied">How often each kind was done; a hurt that found no target is not counted.</param>
/// <param name="Duration">How long the round took, checks included.</param>
/// <param name="Faults">What was wrong; empty when it passed.</param>
/// <param name="LastLines">The last lines of every process's standard error.</param>
internal sealed record RoundResult(
    RoundPlan Plan, IReadOnlyDictionary<HurtKind, int> Applied, TimeSpan Duration, IReadOnlyList<string> Faults, IReadOnlyList<string> LastLines)
{
    internal bool HasPassed => Faults.Count == 0;

    /// <summary>The round as a line.</summary>
    internal string Line => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Plan.Seed}, {Where}, {Plan.Shards} shards: {Hurts}; {Duration.TotalSeconds:0.0} s; {(HasPassed ? "passed" : "FAILED")}");

    private string Where => $"{(Plan.HasOwnServer ? "server" : "private cluster")}, {Name(Plan.Layout)}";

    private string Hurts => string.Join(
        ", ", Applied.OrderBy(one => one.Key).Select(one => string.Create(CultureInfo.InvariantCulture, $"{Name(one.Key)} {one.Value}")));

    private static string Name(Enum value) => value.ToString().ToLowerInvariant();
}
