using System.Numerics;
using System.Runtime.CompilerServices;

namespace AirportOps.Parquet.Encodings;

/// <summary>
/// DELTA_BINARY_PACKED (Encodings.md, "Delta Encoding"): differences of neighbours, less the least of their block, packed in as many bits as
/// their miniblock needs. Differences wrap around, in the width of the type, so that none needs more bits than a value.
/// </summary>
internal static class DeltaBinaryEncoder
{
    /// <summary>Values of a block and of a miniblock: the least that the specification allows, as other writers take.</summary>
    internal const int BlockSize = 128;
    internal const int MiniblockSize = 32;
    private const int Miniblocks = BlockSize / MiniblockSize;

    /// <param name="values">Values of <see langword="int"/> or <see langword="long"/>.</param>
    /// <param name="output">Takes header and blocks.</param>
    internal static void Encode<T>(ReadOnlySpan<T> values, PooledBuffer output)
        where T : unmanaged, IBinaryInteger<T>
    {
        output.WriteVarint(BlockSize);
        output.WriteVarint(Miniblocks);
        output.WriteVarint((ulong)values.Length);
        WriteZigZag(values.IsEmpty ? T.Zero : values[0], output);
        for (var at = 0; at < values.Length - 1; at += BlockSize)
        {
            EncodeBlock(values[at..Math.Min(at + BlockSize + 1, values.Length)], output);
        }
    }

    /// <summary>Encodes the differences between so many values and one more.</summary>
    [SkipLocalsInit]
    private static void EncodeBlock<T>(ReadOnlySpan<T> values, PooledBuffer output)
        where T : unmanaged, IBinaryInteger<T>
    {
        Span<T> buffer = stackalloc T[BlockSize];
        var deltas = buffer[..(values.Length - 1)];
        var least = values[1] - values[0];
        for (var i = 0; i < deltas.Length; i++)
        {
            deltas[i] = values[i + 1] - values[i];
            least = T.Min(least, deltas[i]);
        }

        WriteZigZag(least, output);
        var widthsAt = output.Length;
        output.Reserve(Miniblocks)[..Miniblocks].Clear();
        output.Advance(Miniblocks);
        Span<ulong> excess = stackalloc ulong[MiniblockSize];
        for (var miniblock = 0; miniblock * MiniblockSize < deltas.Length; miniblock++)
        {
            var from = miniblock * MiniblockSize;
            var count = Math.Min(MiniblockSize, deltas.Length - from);
            var bits = 0UL;
            for (var i = 0; i < count; i++)
            {
                excess[i] = Unsigned(deltas[from + i] - least);
                bits |= excess[i];
            }

            // The last miniblock is padded; those that would follow it are left out, but not their widths.
            excess[count..].Clear();
            var width = 64 - BitOperations.LeadingZeroCount(bits);
            output.At(widthsAt, Miniblocks)[miniblock] = (byte)width;
            var bytes = MiniblockSize / 8 * width;
            WidePacking.Pack(excess, width, output.Reserve(bytes + WidePacking.Slack));
            output.Advance(bytes);
        }
    }

    private static ulong Unsigned<T>(T value)
        where T : unmanaged, IBinaryInteger<T> =>
        Unsafe.SizeOf<T>() == sizeof(int) ? uint.CreateTruncating(value) : ulong.CreateTruncating(value);

    private static void WriteZigZag<T>(T value, PooledBuffer output)
        where T : unmanaged, IBinaryInteger<T>
    {
        var wide = long.CreateTruncating(value);
        output.WriteVarint((ulong)((wide << 1) ^ (wide >> 63)));
    }
}
