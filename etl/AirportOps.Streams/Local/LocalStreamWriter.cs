using System.Text;

namespace AirportOps.Streams;

/// <summary>Writes to a stream on disk; holds the writer's lock until disposed.</summary>
internal sealed class LocalStreamWriter : IStreamWriter
{
    private readonly WriterLock _lock;
    private readonly ShardMap _map;
    private readonly ShardAppender[] _appenders;
    private readonly List<int>[] _indexes;
    private readonly int _maxRecordBytes;
    private bool _isDisposed;

    /// <summary>Creates a writer over a lock it takes over.</summary>
    public LocalStreamWriter(WriterLock writerLock, ShardMap map, IEnumerable<ShardAppender> appenders, int maxRecordBytes)
    {
        (_lock, _map, _appenders, _maxRecordBytes) = (writerLock, map, appenders.ToArray(), maxRecordBytes);
        _indexes = _appenders.Select(_ => new List<int>()).ToArray();
    }

    /// <inheritdoc/>
    public async Task WriteAsync(IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        Array.ForEach(_indexes, indexes => indexes.Clear());
        for (var index = 0; index < records.Count; index++)
        {
            Validate(records[index], index);
            _indexes[_map.IndexOf(records[index].PartitionKey)].Add(index);
        }

        // Side by side: flushes that meet share the file system's journal, and checksums the cores. Not cancelled half-way.
        await Task.WhenAll(
            from shard in Enumerable.Range(0, _appenders.Length)
            where _indexes[shard].Count > 0
            select Task.Run(() => _appenders[shard].Append(records, _indexes[shard]), CancellationToken.None)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public string? WhyNot(ReadOnlySpan<byte> data) =>
        data.Length > _maxRecordBytes ? $"has {data.Length} bytes, more than the {_maxRecordBytes} the stream takes" : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await Task.WhenAll(_appenders.Select(appender => Task.Run(appender.Dispose))).ConfigureAwait(false);
            _lock.Dispose();
        }
    }

    private void Validate(OutgoingRecord record, int index)
    {
        if (record.PartitionKey is not { Length: >= 1 and <= 256 } key)
        {
            throw new ArgumentException(
                $"Record {index + 1}: the partition key has {record.PartitionKey?.Length ?? 0} characters, expected 1 to 256.");
        }

        if (WhyNot(record.Data.Span) is { } reason)
        {
            throw new ArgumentException($"Record {index + 1} (key '{key}') {reason}.");
        }

        for (var rest = key.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                throw new ArgumentException(
                $"Record {index + 1}: the partition key has half of a surrogate pair.");
            }

            rest = rest[length..];
        }
    }
}
