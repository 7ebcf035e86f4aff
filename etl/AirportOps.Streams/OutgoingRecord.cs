namespace AirportOps.Streams;

/// <summary>A record to write.</summary>
/// <param name="PartitionKey">1 to 256 characters of well-formed Unicode; decides the shard.</param>
/// <param name="Data">Any bytes, up to the stream's limit; must not change until the write is done.</param>
public readonly record struct OutgoingRecord(string PartitionKey, ReadOnlyMemory<byte> Data);
