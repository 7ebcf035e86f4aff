using System.Buffers.Binary;
using System.IO.Compression;

namespace AirportOps.Ingest.Rows;

/// <summary>
/// Decompresses a gzip file and notices one that was cut short: <see cref="GZipStream"/> takes the end of its input for the end of the data,
/// so that half a download would pass for a whole one.
/// </summary>
internal sealed class CheckedGzip : Stream
{
    private const int TrailerBytes = 4;

    private readonly GZipStream _inner;
    private readonly uint _recordedBytes;
    private uint _bytes;

    /// <param name="file">Seekable, at its start; disposed with this stream.</param>
    public CheckedGzip(Stream file)
    {
        // RFC 1952, section 2.3.1: the last four bytes are the size of the data modulo 2^32.
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        file.Seek(-TrailerBytes, SeekOrigin.End);
        file.ReadExactly(trailer);
        file.Seek(0, SeekOrigin.Begin);
        _recordedBytes = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _inner = new GZipStream(file, CompressionMode.Decompress);
    }

    /// <summary>Whether a file starts as gzip does; leaves it at its start.</summary>
    public static bool Recognises(Stream file)
    {
        Span<byte> start = stackalloc byte[2];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Seek(0, SeekOrigin.Begin);
        return read == start.Length && start is [0x1f, 0x8b] && file.Length > TrailerBytes;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InvalidDataException">The data is damaged, or ends early.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = _inner.Read(buffer);
        _bytes += (uint)read;
        if (read == 0 && !buffer.IsEmpty && _bytes != _recordedBytes)
        {
            throw new InvalidDataException("the compressed data ends early, or consists of several parts");
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }
}
