using System.Buffers;
using System.Runtime.InteropServices;
using AirportOps.Parquet.Encodings;
using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet;

/// <summary>Pages in the encodings of <see cref="ParquetEncodings.Compact"/>.</summary>
internal sealed partial class ColumnBuilder
{
    private void AddCompact(Encoding encoding, ReadOnlySpan<byte> body, int count, long fileOffset)
    {
        if (count == 0)
        {
            return;
        }

        switch (encoding, column.Type.Physical())
        {
            case (Encoding.DeltaBinaryPacked, PhysicalType.Int32):
                AddDeltas<int>(body, count, fileOffset);
                break;
            case (Encoding.DeltaBinaryPacked, PhysicalType.Int64):
                AddDeltas<long>(body, count, fileOffset);
                break;
            case (Encoding.DeltaLengthByteArray, PhysicalType.ByteArray):
                AddWhole(body, count, fileOffset);
                break;
            case (Encoding.DeltaByteArray, PhysicalType.ByteArray):
                AddSuffixes(body, count, fileOffset);
                break;
            case (Encoding.ByteStreamSplit, not PhysicalType.ByteArray):
                AddSplit(body, count, fileOffset);
                break;
            default:
                throw Malformed(fileOffset, $"an encoding of {column.Type}, which {encoding} is not");
        }
    }

    private void AddDeltas<T>(ReadOnlySpan<byte> body, int count, long fileOffset)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var target = Append((long)count * _width, fileOffset);
        if (!DeltaBinaryDecoder.TryDecode(ref body, MemoryMarshal.Cast<byte, T>(target)))
        {
            throw Malformed(fileOffset, $"{count} values as differences");
        }
    }

    private void AddSplit(ReadOnlySpan<byte> body, int count, long fileOffset)
    {
        if (body.Length != (long)count * _width)
        {
            throw Malformed(fileOffset, $"{count} values of {_width} bytes");
        }

        ByteStreamSplit.Decode(body, _width, Append(body.Length, fileOffset));
    }

    private void AddWhole(ReadOnlySpan<byte> body, int count, long fileOffset)
    {
        var rented = ArrayPool<int>.Shared.Rent(count);
        try
        {
            var lengths = rented.AsSpan(0, count);
            if (!DeltaBinaryDecoder.TryDecode(ref body, lengths) || TotalLength(lengths) != body.Length)
            {
                throw Malformed(fileOffset, $"{count} lengths of strings and the strings");
            }

            EnsureOffsets(count);
            var end = _byteCount;
            body.CopyTo(Append(body.Length, fileOffset));
            for (var i = 0; i < count; i++)
            {
                end += lengths[i];
                _offsets[_values + i + 1] = end;
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private void AddSuffixes(ReadOnlySpan<byte> body, int count, long fileOffset)
    {
        var rented = ArrayPool<int>.Shared.Rent(checked(2 * count));
        try
        {
            var prefixes = rented.AsSpan(0, count);
            var suffixes = rented.AsSpan(count, count);
            if (!DeltaBinaryDecoder.TryDecode(ref body, prefixes) || !DeltaBinaryDecoder.TryDecode(ref body, suffixes)
                || TotalLength(suffixes) != body.Length || !AreWithinPrevious(prefixes, suffixes))
            {
                throw Malformed(fileOffset, $"{count} strings as beginnings of the one before and suffixes");
            }

            EnsureOffsets(count);
            var start = _byteCount;
            var target = Append(TotalLength(prefixes) + body.Length, fileOffset);
            var (previous, at) = (0, 0);
            for (var i = 0; i < count; i++)
            {
                target.Slice(previous, prefixes[i]).CopyTo(target[at..]);
                body[..suffixes[i]].CopyTo(target[(at + prefixes[i])..]);
                body = body[suffixes[i]..];
                previous = at;
                at += prefixes[i] + suffixes[i];
                _offsets[_values + i + 1] = start + at;
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>Sum of lengths, or -1 where one is negative.</summary>
    private static long TotalLength(ReadOnlySpan<int> lengths)
    {
        var (total, signs) = (0L, 0);
        foreach (var length in lengths)
        {
            total += length;
            signs |= length;
        }

        return signs < 0 ? -1 : total;
    }

    private static bool AreWithinPrevious(ReadOnlySpan<int> prefixes, ReadOnlySpan<int> suffixes)
    {
        var previous = 0L;
        for (var i = 0; i < prefixes.Length; i++)
        {
            if (prefixes[i] < 0 || prefixes[i] > previous)
            {
                return false;
            }

            previous = (long)prefixes[i] + suffixes[i];
        }

        return true;
    }
}
