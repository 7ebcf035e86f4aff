using AirportOps.Simulator.Day;

namespace AirportOps.Simulator.Delivery;

/// <summary>An event that was accepted and will come again.</summary>
/// <param name="First">What happened.</param>
/// <param name="EventId">The id it was accepted under.</param>
/// <param name="Bytes">The record to send again; null for the same event in another spelling.</param>
/// <param name="IsConflict">Whether it comes back with other content, still clean.</param>
internal sealed record Repeat(SimEvent First, byte[] EventId, byte[]? Bytes, bool IsConflict);
