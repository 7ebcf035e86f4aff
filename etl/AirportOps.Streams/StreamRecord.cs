namespace AirportOps.Streams;

/// <summary>A record as a shard holds it.</summary>
/// <param name="Sequence">Greater than that of every record before it in the shard.</param>
/// <param name="Arrived">
/// When the stream took it, UTC, whole microseconds or coarser. On <c>local:</c> never earlier than the record before it, nearly so
/// elsewhere.
/// </param>
/// <param name="PartitionKey">1 to 256 characters; records of one key are in one shard, in the order they were written.</param>
/// <param name="Data">Any bytes. Valid until the batch it came in is disposed.</param>
public readonly record struct StreamRecord(SequenceNumber Sequence, DateTimeOffset Arrived, string PartitionKey, ReadOnlyMemory<byte> Data);
