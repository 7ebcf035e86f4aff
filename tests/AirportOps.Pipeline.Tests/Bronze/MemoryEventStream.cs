using System.Text;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Tests.Bronze;

/// <summary>A stream in memory whose arrival, numbers and shards a test decides. What a disposed batch held is overwritten.</summary>
internal sealed class MemoryEventStream(string name) : IEventStream
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryShard> _shards = [];

    public string Name => name;

    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How many records a read gives at most, whatever the reader asks for.</summary>
    public int MaxRecords { get; init; } = 7;

    /// <summary>Called after each read that a reader made.</summary>
    public Action<string>? Reading { get; set; }

    public int ShardCount
    {
        get
        {
            lock (_lock) return _shards.Count;
        }
    }

    /// <summary>How often the shards were listed.</summary>
    public int ShardLists { get; private set; }

    public MemoryEventStream AddShard(string id, params string[] parents)
    {
        lock (_lock) _shards.Add(id, new MemoryShard(new Shard(id, parents), []));
        return this;
    }

    public MemoryEventStream Append(string shard, string sequence, DateTimeOffset arrived, string key, byte[] data)
    {
        lock (_lock) _shards[shard].Records.Add(new StreamRecord(SequenceNumber.Parse(sequence), arrived, key, data));
        return this;
    }

    public MemoryEventStream Append(string shard, int sequence, DateTimeOffset arrived) =>
        Append(shard, $"{sequence}", arrived, $"key {sequence}", Encoding.UTF8.GetBytes($$"""{"n":{{sequence}}}"""));

    public void Close(string shard)
    {
        lock (_lock) _shards[shard].IsClosed = true;
    }

    /// <summary>Everything in a shard, as text.</summary>
    public IReadOnlyList<string> Describe(string shard)
    {
        lock (_lock) return [.. _shards[shard].Records.Select(Describe)];
    }

    public static string Describe(StreamRecord record) =>
        $"{record.Sequence} {record.Arrived:O} {record.PartitionKey} {Convert.ToHexString(record.Data.Span)}";

    /// <summary>How long it says to keep records; nothing goes by itself.</summary>
    public TimeSpan? Retention { get; set; }

    public Task<TimeSpan?> GetRetentionAsync(CancellationToken cancellationToken) => Task.FromResult(Retention);

    /// <summary>Trims a shard's records up to a sequence number.</summary>
    public void Trim(string shard, int through)
    {
        lock (_lock)
        {
            _shards[shard].Records.RemoveAll(record => record.Sequence <= SequenceNumber.FromNumber((ulong)through));
            _shards[shard].TrimmedThrough = SequenceNumber.FromNumber((ulong)through);
        }
    }

    public Task<IReadOnlyList<Shard>> ListShardsAsync(CancellationToken cancellationToken)
    {
        ShardLists++;
        lock (_lock) return Task.FromResult<IReadOnlyList<Shard>>([.. _shards.Values.Select(shard => shard.Shard)]);
    }

    public Task<IShardReader> OpenReaderAsync(string shardId, StreamPosition position, CancellationToken cancellationToken) =>
        Task.FromResult<IShardReader>(new Reader(
            this, _shards[shardId], position.Kind == StreamPositionKind.After ? position.Sequence : null, position.IsResumed));

    public Task<IStreamWriter> OpenWriterAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record MemoryShard(Shard Shard, List<StreamRecord> Records)
    {
        public bool IsClosed { get; set; }

        public SequenceNumber? TrimmedThrough { get; set; }
    }

    private sealed class Reader(MemoryEventStream stream, MemoryShard shard, SequenceNumber? last, bool tellsGaps) : IShardReader
    {
        private SequenceNumber? _last = last;

        public Task<RecordBatch> ReadAsync(int maxRecords, long maxBytes, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RecordBatch batch;
            lock (stream._lock)
            {
                if (tellsGaps && _last is { } reached && shard.TrimmedThrough > reached)
                {
                    var next = shard.Records.Cast<StreamRecord?>().FirstOrDefault();
                    _last = shard.TrimmedThrough;
                    return Task.FromResult(new RecordBatch([], next is null ? TimeSpan.Zero : TimeSpan.FromSeconds(1), false, null)
                    {
                        Gap = new RecordGap(reached, shard.TrimmedThrough, next?.Sequence, next?.Arrived, IsCertain: true),
                    });
                }

                var left = shard.Records.Where(record => _last is null || record.Sequence > _last).ToList();
                var records = left.Take(Math.Min(maxRecords, stream.MaxRecords)).Select(Copy).ToList();
                if (records.Count > 0) _last = records[^1].Sequence;
                batch = new RecordBatch(
                    records,
                    records.Count < left.Count ? TimeSpan.FromSeconds(1) : TimeSpan.Zero,
                    shard.IsClosed && records.Count == left.Count,
                    new Memory(records));
            }

            stream.Reading?.Invoke(shard.Shard.Id);
            return Task.FromResult(batch);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static StreamRecord Copy(StreamRecord record) => record with { Data = record.Data.ToArray() };
    }

    private sealed class Memory(List<StreamRecord> records) : IDisposable
    {
        public void Dispose()
        {
            foreach (var record in records)
            {
                System.Runtime.InteropServices.MemoryMarshal.AsMemory(record.Data).Span.Fill(0xee);
            }
        }
    }
}
