namespace AirportOps.Pipeline.Windows;

/// <summary>What a replay window took out of the quarantine: its lines stay where they are and no longer count as refused.</summary>
/// <param name="Reasons">How many lines, by the reason that stands in them. In the order of their names.</param>
/// <param name="Lines">Which lines, by quarantine object.</param>
public sealed record WindowReplay(IReadOnlyDictionary<string, long> Reasons, IReadOnlyList<ResolvedLines> Lines);
