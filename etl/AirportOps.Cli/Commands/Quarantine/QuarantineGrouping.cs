using AirportOps.Pipeline.Quarantine;
using AirportOps.Reliability;

namespace AirportOps.Cli.Commands.Quarantine;

/// <summary>What refused events are counted by.</summary>
/// <param name="Name">The name in <c>--by</c>, the column and the JSON key.</param>
/// <param name="Of">The value of an event; null where it has none.</param>
internal sealed record QuarantineGrouping(string Name, Func<QuarantineEntry, string?> Of)
{
    private static readonly QuarantineGrouping[] All =
    [
        new("reason", entry => entry.Event.Reason),
        new("field", entry => entry.Event.Field),
        new("source", entry => EventSource.Read(entry.Event.Raw)),
        new("day", entry => QuarantineText.Day(entry.Event)),
        new("shard", entry => $"{entry.Stream}/{entry.Event.Shard}"),
        new("state", QuarantineText.State),
    ];

    /// <summary>Every name, as an error lists them.</summary>
    internal static string Names => string.Join(", ", All.Select(grouping => grouping.Name));

    /// <summary>The groupings of a list like <c>reason,day</c>.</summary>
    /// <exception cref="UsageException">There is none of a name.</exception>
    internal static IReadOnlyList<QuarantineGrouping> Parse(string list) =>
    [
        .. list.Split(',', StringSplitOptions.TrimEntries).Select(name =>
            Array.Find(All, grouping => grouping.Name == name)
            ?? throw new UsageException($"--by '{name}' is nothing to count by; expected some of {Names}, with commas between")),
    ];
}
