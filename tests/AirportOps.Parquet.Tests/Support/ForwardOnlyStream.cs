namespace AirportOps.Parquet.Tests.Support;

/// <summary>What an upload looks like: bytes go in, nothing else is possible.</summary>
internal sealed class ForwardOnlyStream : Stream
{
    private readonly MemoryStream _bytes = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public int Writes { get; private set; }

    /// <summary>Bytes after which writing fails.</summary>
    public long Capacity { get; init; } = long.MaxValue;

    public byte[] ToArray() => _bytes.ToArray();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Writes++;
        if (_bytes.Length + buffer.Length > Capacity)
        {
            throw new IOException("No space left on device.");
        }

        _bytes.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _bytes.Dispose();
        base.Dispose(disposing);
    }
}
