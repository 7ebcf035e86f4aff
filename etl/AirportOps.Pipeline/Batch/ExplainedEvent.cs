using AirportOps.Cleaning;

namespace AirportOps.Pipeline.Batch;

/// <summary>What became of one event.</summary>
/// <param name="Outcome"><c>row</c>, <c>duplicate</c>, or the reason for which it was refused.</param>
/// <param name="EventId">Its id; null where none could be read.</param>
/// <param name="Field">Of a refused one: the field at fault; null where it is not about one.</param>
/// <param name="Detail">Of a refused one: what was found and what was expected.</param>
/// <param name="Account">Its way through the rules; null for what is no event.</param>
public sealed record ExplainedEvent(string Outcome, string? EventId, string? Field, string? Detail, EventAccount? Account);
