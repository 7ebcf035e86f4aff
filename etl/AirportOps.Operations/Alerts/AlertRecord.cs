namespace AirportOps.Operations.Alerts;

/// <summary>What is remembered of a kind and place.</summary>
/// <param name="Kind">The kind, as <see cref="Alert.KindName"/> has it.</param>
/// <param name="Place">The place.</param>
/// <param name="IsRaised">Whether an operator was told that it is so, and not yet that it is over.</param>
/// <param name="SentAt">When that was last told, UTC.</param>
/// <param name="Since">When it began, UTC.</param>
/// <param name="Suppressed">What was held back since.</param>
/// <param name="Owner">The process that told.</param>
internal sealed record AlertRecord(string Kind, string Place, bool IsRaised, DateTimeOffset SentAt, DateTimeOffset Since, int Suppressed, string Owner);
