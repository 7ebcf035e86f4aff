namespace AirportOps.Simulator.Mess;

/// <summary>Why an event must be refused.</summary>
/// <param name="Reason">A reason of the contract.</param>
/// <param name="Field">The field it lies in; null when it lies in none.</param>
/// <param name="HasEventId">Whether the id can be read.</param>
internal sealed record Refusal(byte[] Reason, byte[]? Field, bool HasEventId);
