namespace AirportOps.Simulator;

/// <summary>A record as it goes onto a stream: one event, several, or none that can be read.</summary>
/// <param name="PartitionKey">Identity of the flight it is about, else airport and checkpoint; 1 to 40 characters of ASCII.</param>
/// <param name="Data">The bytes; no line feed among them, never empty. They belong to the batch.</param>
/// <param name="Events">Events in it, at least 1.</param>
public readonly record struct SimulatedRecord(string PartitionKey, ReadOnlyMemory<byte> Data, int Events);
