namespace AirportOps.Operations.Alerts;

/// <summary>What was found at one kind and place.</summary>
/// <param name="Kind">What is looked at.</param>
/// <param name="Place">Where.</param>
/// <param name="IsMet">Whether it is as it should not be.</param>
/// <param name="Text">One line that ends in a full stop.</param>
/// <param name="IsShared">
/// Whether other processes look at parts of the same place, so that this one's "it is well" says nothing of what another raised.
/// </param>
/// <param name="IsOccurrence">Whether each finding counts by itself, as a run of the data tests does, and not only the change from well to ill.</param>
internal sealed record AlertCondition(AlertKind Kind, string Place, bool IsMet, string Text, bool IsShared, bool IsOccurrence);
