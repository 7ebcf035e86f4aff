namespace AirportOps.Parquet;

/// <summary>The bytes of a file: in memory, or read from a stream into one buffer.</summary>
internal sealed class FileSource : IDisposable
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly Stream? _stream;
    private readonly PooledBuffer _buffer = new();

    internal FileSource(ReadOnlyMemory<byte> memory)
    {
        _memory = memory;
        Length = memory.Length;
    }

    internal FileSource(Stream stream)
    {
        _stream = stream;
        Length = stream.Length;
    }

    internal long Length { get; }

    /// <summary>Bytes of the file, which are in it; good until the next call.</summary>
    internal ReadOnlySpan<byte> Read(long offset, int count)
    {
        if (_stream is null)
        {
            return _memory.Span.Slice((int)offset, count);
        }

        _buffer.Clear();
        var target = _buffer.Reserve(count)[..count];
        _stream.Position = offset;
        var read = _stream.ReadAtLeast(target, count, throwOnEndOfStream: false);
        _buffer.Advance(read);
        return read == count
            ? _buffer.Written
            : throw new ParquetFormatException(offset + read, "the end of the stream", $"{count - read} bytes more, as its length says");
    }

    public void Dispose() => _buffer.Dispose();
}
