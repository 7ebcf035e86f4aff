using System.Numerics;

namespace AirportOps.Parquet.Encodings;

/// <summary>Reads DELTA_BINARY_PACKED (Encodings.md, "Delta Encoding") from bytes nobody vouches for, in blocks of any size.</summary>
internal static class DeltaBinaryDecoder
{
    /// <summary>Far over what writers take (128 to 2048), so that bits of a block count in an <see langword="int"/>.</summary>
    private const int MaxBlockSize = 1 << 24;

    /// <summary>
    /// Fills <paramref name="values"/> and leaves <paramref name="source"/> behind them; false where the bytes end before, are malformed, or
    /// announce another number of values. Sums wrap around, as in the encoder.
    /// </summary>
    internal static bool TryDecode<T>(scoped ref ReadOnlySpan<byte> source, Span<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (!TryReadVarint(ref source, out var blockSize) || !TryReadVarint(ref source, out var miniblocks)
            || !TryReadVarint(ref source, out var count) || !TryReadZigZag(ref source, out var value)
            || count != (ulong)values.Length || blockSize is 0 or > MaxBlockSize || miniblocks is 0 or > MaxBlockSize || blockSize % (8 * miniblocks) != 0)
        {
            return false;
        }

        if (values.IsEmpty)
        {
            return true;
        }

        values[0] = T.CreateTruncating(value);
        values = values[1..];
        while (!values.IsEmpty)
        {
            if (!TryReadZigZag(ref source, out var least) || (ulong)source.Length < miniblocks)
            {
                return false;
            }

            var widths = source[..(int)miniblocks];
            source = source[widths.Length..];
            for (var i = 0; i < widths.Length && !values.IsEmpty; i++)
            {
                var miniblock = values[..(int)Math.Min(blockSize / miniblocks, (ulong)values.Length)];
                if (!TryDecodeMiniblock(source, widths[i], least, ref value, miniblock))
                {
                    return false;
                }

                // The last miniblock is padded, in some writers' files with fewer bytes than it should have.
                source = source[(int)Math.Min(blockSize / miniblocks / 8 * widths[i], (ulong)source.Length)..];
                values = values[miniblock.Length..];
            }
        }

        return true;
    }

    private static bool TryDecodeMiniblock<T>(ReadOnlySpan<byte> source, int width, long least, ref long value, Span<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (width > WidePacking.MaxWidth || (((long)values.Length * width) + 7) / 8 > source.Length)
        {
            return false;
        }

        for (var i = 0; i < values.Length; i++)
        {
            value += least + (long)WidePacking.Unpack(source, width, i);
            values[i] = T.CreateTruncating(value);
        }

        return true;
    }

    private static bool TryReadZigZag(scoped ref ReadOnlySpan<byte> source, out long value)
    {
        var isRead = TryReadVarint(ref source, out var zigzag);
        value = (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        return isRead;
    }

    private static bool TryReadVarint(scoped ref ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        for (var i = 0; i < 10 && i < source.Length; i++)
        {
            value |= (ulong)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                source = source[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
