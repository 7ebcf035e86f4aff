using System.Buffers.Binary;

namespace AirportOps.Warehouse.Loading;

/// <summary>
/// Writes rows in PostgreSQL's binary COPY format
/// (<see href="https://www.postgresql.org/docs/15/sql-copy.html">COPY, Binary Format</see>). Values go from Parquet's bytes to the wire
/// without a string or an object in between.
/// </summary>
/// <param name="output">The copy; stays the caller's.</param>
internal sealed class BinaryCopyWriter(Stream output)
{
    private const int FlushBytes = 1 << 18;

    /// <summary>Microseconds and days from 1970-01-01 to PostgreSQL's 2000-01-01.</summary>
    private const long EpochMicros = 946_684_800_000_000;
    private const int EpochDays = 10_957;

    private static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xff, (byte)'\r', (byte)'\n', 0];

    private byte[] _buffer = new byte[2 * FlushBytes];
    private int _length;

    /// <summary>Whether it is time to flush; rows are never cut for it.</summary>
    internal bool IsFull => _length >= FlushBytes;

    /// <summary>Writes the signature, then no flags and no extension.</summary>
    internal void WriteHeader()
    {
        Signature.CopyTo(Take(Signature.Length));
        Take(2 * sizeof(int)).Clear();
    }

    internal void StartRow(int fields) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), (short)fields);

    internal void WriteNull() => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), -1);

    internal void WriteInt32(int value)
    {
        var field = Take(2 * sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(field, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(field[sizeof(int)..], value);
    }

    internal void WriteDouble(double value) => WriteEightBytes(BitConverter.DoubleToInt64Bits(value));

    /// <param name="days">Since 1970-01-01.</param>
    internal void WriteDate(int days) => WriteInt32(days - EpochDays);

    /// <param name="micros">Since 1970-01-01T00:00:00Z.</param>
    internal void WriteTimestamp(long micros) => WriteEightBytes(micros - EpochMicros);

    /// <summary>Writes a string. A zero byte, which PostgreSQL keeps in no text, becomes U+FFFD.</summary>
    internal void WriteUtf8(ReadOnlySpan<byte> text)
    {
        if (text.Contains((byte)0))
        {
            WriteUtf8(StagingText.WithoutZeros(text));
            return;
        }

        var field = Take(sizeof(int) + text.Length);
        BinaryPrimitives.WriteInt32BigEndian(field, text.Length);
        text.CopyTo(field[sizeof(int)..]);
    }

    /// <summary>Sends what has gathered.</summary>
    internal async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(_buffer.AsMemory(0, _length), cancellationToken).ConfigureAwait(false);
        _length = 0;
    }

    /// <summary>Writes the end mark and sends the rest.</summary>
    internal ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        StartRow(-1);
        return FlushAsync(cancellationToken);
    }

    private void WriteEightBytes(long value)
    {
        var field = Take(sizeof(int) + sizeof(long));
        BinaryPrimitives.WriteInt32BigEndian(field, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(field[sizeof(int)..], value);
    }

    private Span<byte> Take(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + bytes));
        }

        var taken = _buffer.AsSpan(_length, bytes);
        _length += bytes;
        return taken;
    }
}
