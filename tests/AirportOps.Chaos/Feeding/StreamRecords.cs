using AirportOps.Streams;

namespace AirportOps.Chaos.Feeding;

/// <summary>A record and where it lies.</summary>
/// <param name="Shard">The shard's id.</param>
/// <param name="Record">The record; its data stays as it is.</param>
internal readonly record struct ShardRecord(string Shard, StreamRecord Record)
{
    /// <summary>All of it as a line, equal where the records are.</summary>
    internal string Line => $"{Shard} {Record.Sequence} {Record.PartitionKey} {Convert.ToHexString(Record.Data.Span)}";
}

/// <summary>Reads streams whole.</summary>
internal static class StreamRecords
{
    /// <summary>Every record, shard by shard in order.</summary>
    internal static async Task<List<ShardRecord>> ReadAllAsync(IEventStream stream, CancellationToken cancellationToken)
    {
        var records = new List<ShardRecord>();
        foreach (var shard in await stream.ListShardsAsync(cancellationToken))
        {
            await using var reader = await stream.OpenReaderAsync(shard.Id, StreamPosition.TrimHorizon, cancellationToken);
            while (true)
            {
                using var batch = await reader.ReadAsync(5_000, 1 << 24, cancellationToken);
                records.AddRange(batch.Records.Select(record => new ShardRecord(shard.Id, record with { Data = record.Data.ToArray() })));
                if (batch.Records.Count == 0 && (batch.EndOfShard || batch.Lag == TimeSpan.Zero))
                {
                    break;
                }
            }
        }

        return records;
    }
}
