using AirportOps.Lake;
using AirportOps.Pipeline.Bronze;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Tests.Bronze;

/// <summary>What the tests of the raw zone share.</summary>
internal static class RawZone
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly BronzeLimits Small = new(TimeSpan.FromHours(1), Records: 10, Bytes: 1 << 20);

    public static Task ArchiveAllAsync(MemoryEventStream stream, ILake lake, BronzeLimits limits, CancellationToken cancellationToken) =>
        ArchiveAllAsync(stream, lake, limits, new StageProgress("bronze"), cancellationToken);

    public static Task ArchiveAllAsync(
        MemoryEventStream stream, ILake lake, BronzeLimits limits, StageProgress progress, CancellationToken cancellationToken) =>
        new BronzeArchiver(lake, limits, new ManualClock(Noon)).RunAsync(stream, Drain.Now(), progress, cancellationToken);

    /// <summary>Every record of a shard as the archive gives it.</summary>
    public static async Task<List<string>> ReadAsync(ILake lake, string stream, string shard, StreamPosition position, CancellationToken cancellationToken)
    {
        await using var reader = await new BronzeStream(lake, stream).OpenReaderAsync(shard, position, cancellationToken);
        var records = new List<string>();
        while (true)
        {
            using var batch = await reader.ReadAsync(maxRecords: 3, maxBytes: 1 << 20, cancellationToken);
            records.AddRange(batch.Records.Select(MemoryEventStream.Describe));
            if (batch.EndOfShard) return records;
        }
    }

    /// <summary>The names of a stream's objects, without what all have in common.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(WatchedLake lake, CancellationToken cancellationToken) =>
        [.. (await lake.KeysAsync(cancellationToken)).Select(key => key.Replace("bronze/s/date=2026-03-01/hour=", "", StringComparison.Ordinal)
            .Replace(".jsonl.gz", "", StringComparison.Ordinal))];
}
