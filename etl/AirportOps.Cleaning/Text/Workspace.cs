namespace AirportOps.Cleaning.Text;

/// <summary>
/// One growing buffer for a record and everything made from it, so that any text is a <see cref="Slice"/> and none a string.
/// A span taken before the buffer grows keeps its content but is no longer the buffer's.
/// </summary>
internal sealed class Workspace
{
    private byte[] _bytes = new byte[4096];

    /// <summary>How many bytes are in use.</summary>
    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> this[Slice slice] => _bytes.AsSpan(slice.Start, slice.Length);

    internal byte this[int index] => _bytes[index];

    /// <summary>Starts anew with the record's bytes at index 0.</summary>
    internal Slice Reset(ReadOnlySpan<byte> record)
    {
        Length = 0;
        return Append(record);
    }

    internal Slice Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        return Commit(text.Length);
    }

    internal void Append(byte single)
    {
        Reserve(1)[0] = single;
        Length++;
    }

    /// <summary>Room after what is in use; what is written there counts from <see cref="Commit"/> on.</summary>
    internal Span<byte> Reserve(int length)
    {
        var needed = Length + length;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        }

        return _bytes.AsSpan(Length, length);
    }

    internal Slice Commit(int length)
    {
        var slice = new Slice(Length, length);
        Length += length;
        return slice;
    }

    /// <summary>Forgets everything from an index on.</summary>
    internal void Truncate(int length) => Length = length;
}
