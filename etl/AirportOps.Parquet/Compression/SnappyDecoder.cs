using System.Buffers.Binary;

namespace AirportOps.Parquet.Compression;

/// <summary>Snappy's block format (google/snappy, format_description.txt), read from bytes nobody vouches for.</summary>
internal static class SnappyDecoder
{
    /// <summary>Three bytes can stand for 64, so no valid block grows more than this.</summary>
    internal const int MaxRatio = 22;

    /// <summary>Fills <paramref name="target"/>; false where the bytes are not a block of just that length.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        if (!TryReadLength(ref source, out var length) || length != (ulong)target.Length)
        {
            return false;
        }

        var at = 0;
        while (!source.IsEmpty)
        {
            var tag = source[0];
            if ((tag & 3) == 0)
            {
                if (!TryLiteral(ref source, tag, target[at..], out var literal))
                {
                    return false;
                }

                at += literal;
                continue;
            }

            if (!TryReadCopy(ref source, tag, out var offset, out var count) || offset == 0 || offset > (uint)at || count > target.Length - at)
            {
                return false;
            }

            Repeat(target, at, (int)offset, count);
            at += count;
        }

        return at == target.Length;
    }

    private static bool TryReadLength(ref ReadOnlySpan<byte> source, out ulong length)
    {
        length = 0;
        for (var i = 0; i < 5 && i < source.Length; i++)
        {
            length |= (ulong)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                source = source[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private static bool TryLiteral(ref ReadOnlySpan<byte> source, byte tag, Span<byte> target, out int length)
    {
        var header = 1;
        var last = (uint)tag >> 2;
        length = 0;
        if (last >= 60)
        {
            var lengthBytes = (int)last - 59;
            if (source.Length < 1 + lengthBytes)
            {
                return false;
            }

            last = 0;
            for (var i = 0; i < lengthBytes; i++)
            {
                last |= (uint)source[1 + i] << (8 * i);
            }

            header += lengthBytes;
        }

        if (last >= (uint)target.Length || last >= (uint)(source.Length - header))
        {
            return false;
        }

        length = (int)last + 1;
        source.Slice(header, length).CopyTo(target);
        source = source[(header + length)..];
        return true;
    }

    private static bool TryReadCopy(ref ReadOnlySpan<byte> source, byte tag, out uint offset, out int count)
    {
        var size = (tag & 3) switch
        {
            1 => 2,
            2 => 3,
            _ => 5,
        };
        (offset, count) = (0, 0);
        if (source.Length < size)
        {
            return false;
        }

        (offset, count) = size switch
        {
            2 => ((uint)((tag >> 5 << 8) | source[1]), 4 + ((tag >> 2) & 7)),
            3 => (BinaryPrimitives.ReadUInt16LittleEndian(source[1..]), 1 + (tag >> 2)),
            _ => (BinaryPrimitives.ReadUInt32LittleEndian(source[1..]), 1 + (tag >> 2)),
        };
        source = source[size..];
        return true;
    }

    /// <summary>Copies from what was decoded before; a source that overlaps its target repeats itself.</summary>
    private static void Repeat(Span<byte> target, int at, int offset, int count)
    {
        if (offset >= count)
        {
            target.Slice(at - offset, count).CopyTo(target[at..]);
            return;
        }

        for (var i = at; i < at + count; i++)
        {
            target[i] = target[i - offset];
        }
    }
}
