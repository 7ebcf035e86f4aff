namespace AirportOps.Ingest;

/// <summary>A clean event.</summary>
/// <param name="PartitionKey">Airline, flight number, flight date and origin, joined by spaces: the same for all events of a leg.</param>
/// <param name="Data">One JSON object in UTF-8, without a line end. Valid until the batch it is in is filled again.</param>
public readonly record struct FlightEvent(string PartitionKey, ReadOnlyMemory<byte> Data);
