using System.Buffers;
using System.Runtime.CompilerServices;

namespace AirportOps.Parquet;

/// <summary>A growing byte buffer on rented memory; cleared, it keeps its memory for the next use.</summary>
internal sealed class PooledBuffer : IDisposable
{
    private byte[] _bytes = [];
    private int _length;

    internal int Length => _length;

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    internal void Clear() => _length = 0;

    /// <summary>At least <paramref name="size"/> bytes after what is written; <see cref="Advance"/> says how many were used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<byte> Reserve(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(_length);
    }

    internal void Advance(int count) => _length += count;

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    internal void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        _length++;
    }

    /// <summary>Unsigned LEB128, as in run headers and in Thrift's compact protocol.</summary>
    internal void WriteVarint(ulong value)
    {
        var target = Reserve(10);
        var count = 0;
        while (value >= 0x80)
        {
            target[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[count++] = (byte)value;
        _length += count;
    }

    /// <summary>Writable view of bytes already written, for lengths known only afterwards.</summary>
    internal Span<byte> At(int position, int count) => _bytes.AsSpan(position, count);

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        _length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Grow(int size)
    {
        var needed = (long)_length + size;
        if (needed > Array.MaxLength)
        {
            throw new ArgumentException($"A page would take {needed} bytes, more than an array holds; use fewer rows a row group.");
        }

        var grown = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _bytes.Length)));
        Written.CopyTo(grown);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = grown;
    }
}
