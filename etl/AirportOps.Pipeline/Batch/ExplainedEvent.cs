namespace AirportOps.Pipeline.Batch;

/// <summary>What became of one event.</summary>
/// <param name="Outcome"><c>row</c>, <c>duplicate</c>, or the reason for which it was refused.</param>
/// <param name="EventId">Its id; null where none could be read.</param>
/// <param name="Detail">Of a refused one: what was found and what was expected.</param>
/// <param name="Fields">The columns it has a value in, as text and in Silver's order, repairs among them; none of a refused one.</param>
public sealed record ExplainedEvent(string Outcome, string? EventId, string? Detail, IReadOnlyList<KeyValuePair<string, string>> Fields);
