using System.Runtime.InteropServices;

namespace AirportOps.Parquet.Encodings;

/// <summary>Strings whose lengths are apart from their bytes (Encodings.md, "Delta-length byte array" and "Delta Strings").</summary>
internal static class DeltaUtf8Encoder
{
    /// <summary>DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.</summary>
    internal static void EncodeWhole(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, PooledBuffer lengths, PooledBuffer output)
    {
        var count = offsets.Length - 1;
        var sizes = Ints(lengths, count);
        for (var i = 0; i < count; i++)
        {
            sizes[i] = offsets[i + 1] - offsets[i];
        }

        DeltaBinaryEncoder.Encode<int>(sizes, output);
        output.Write(bytes[offsets[0]..offsets[count]]);
    }

    /// <summary>DELTA_BYTE_ARRAY: how much each string shares with the one before, then what is left as in <see cref="EncodeWhole"/>.</summary>
    internal static void EncodeSuffixes(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, PooledBuffer lengths, PooledBuffer output)
    {
        var count = offsets.Length - 1;
        var sizes = Ints(lengths, 2 * count);
        var prefixes = sizes[..count];
        var suffixes = sizes[count..];
        ReadOnlySpan<byte> previous = [];
        for (var i = 0; i < count; i++)
        {
            var value = bytes[offsets[i]..offsets[i + 1]];
            prefixes[i] = previous.CommonPrefixLength(value);
            suffixes[i] = value.Length - prefixes[i];
            previous = value;
        }

        DeltaBinaryEncoder.Encode<int>(prefixes, output);
        DeltaBinaryEncoder.Encode<int>(suffixes, output);
        var target = output.Reserve(offsets[count] - offsets[0]);
        var written = 0;
        for (var i = 0; i < count; i++)
        {
            bytes[(offsets[i] + prefixes[i])..offsets[i + 1]].CopyTo(target[written..]);
            written += suffixes[i];
        }

        output.Advance(written);
    }

    private static Span<int> Ints(PooledBuffer buffer, int count)
    {
        buffer.Clear();
        return MemoryMarshal.Cast<byte, int>(buffer.Reserve(checked(count * sizeof(int))))[..count];
    }
}
