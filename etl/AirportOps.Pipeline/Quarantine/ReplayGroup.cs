namespace AirportOps.Pipeline.Quarantine;

/// <summary>What a replay makes of the events that were refused for one reason.</summary>
/// <param name="Reason">The reason that stands in the quarantine.</param>
/// <param name="Tried">Lines tried.</param>
/// <param name="Rows">Events that are now clean.</param>
/// <param name="Duplicates">Events now clean whose id was accepted meanwhile with equal content: dropped.</param>
/// <param name="Refused">Events still refused, by today's reason. In the order of their names.</param>
/// <remarks>
/// Tried = Rows + Duplicates + Refused, but for a line that held several events and was refused whole: it is tried once and gives several.
/// </remarks>
public sealed record ReplayGroup(string Reason, long Tried, long Rows, long Duplicates, IReadOnlyDictionary<string, long> Refused);
