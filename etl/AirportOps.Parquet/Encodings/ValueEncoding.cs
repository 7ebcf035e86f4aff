using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet.Encodings;

/// <summary>Writes the values of a page in an encoding other than the dictionary's.</summary>
internal static class ValueEncoding
{
    /// <summary>What integers, dates and instants may take beside plain and dictionary.</summary>
    internal static ReadOnlySpan<Encoding> OfIntegers => [Encoding.DeltaBinaryPacked];

    internal static ReadOnlySpan<Encoding> OfDoubles => [Encoding.ByteStreamSplit];

    internal static ReadOnlySpan<Encoding> OfUtf8 => [Encoding.DeltaLengthByteArray, Encoding.DeltaByteArray];

    internal static void FixedWidth<T>(Encoding encoding, ReadOnlySpan<T> values, PooledBuffer output)
        where T : unmanaged, IBinaryInteger<T>
    {
        var bytes = MemoryMarshal.AsBytes(values);
        switch (encoding)
        {
            case Encoding.Plain:
                output.Write(bytes);
                break;
            case Encoding.DeltaBinaryPacked:
                DeltaBinaryEncoder.Encode(values, output);
                break;
            default:
                ByteStreamSplit.Encode(bytes, Unsafe.SizeOf<T>(), output.Reserve(bytes.Length));
                output.Advance(bytes.Length);
                break;
        }
    }

    /// <param name="encoding">Plain or one of <see cref="OfUtf8"/>.</param>
    /// <param name="bytes">The strings.</param>
    /// <param name="offsets">Where each begins, and the last one's end.</param>
    /// <param name="lengths">Room to work in.</param>
    /// <param name="output">Takes the encoded strings.</param>
    internal static void Utf8(Encoding encoding, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, PooledBuffer lengths, PooledBuffer output)
    {
        switch (encoding)
        {
            case Encoding.Plain:
                PlainEncoding.Utf8(bytes, offsets, output);
                break;
            case Encoding.DeltaLengthByteArray:
                DeltaUtf8Encoder.EncodeWhole(bytes, offsets, lengths, output);
                break;
            default:
                DeltaUtf8Encoder.EncodeSuffixes(bytes, offsets, lengths, output);
                break;
        }
    }
}
