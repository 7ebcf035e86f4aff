using System.Runtime.InteropServices;

namespace AirportOps.Parquet.Encodings;

/// <summary>
/// The RLE/bit-packing hybrid of definition levels and dictionary indexes (Encodings.md, "RLE = 3"). Values are packed in groups of eight;
/// a stretch of one value becomes a run where that is shorter: its header and value and the next packed stretch's header take about
/// four bytes, so it has to save as much.
/// </summary>
internal static class HybridEncoder
{
    private const int RunCostBits = 32;

    /// <summary>Encodes indexes below 2^<paramref name="width"/>; no length goes before them.</summary>
    internal static void EncodeIndexes(ReadOnlySpan<int> indexes, int width, PooledBuffer output)
    {
        var shortestRun = Math.Max(BitPacking.GroupSize, RunCostBits / width);
        var packedFrom = 0;
        var i = 0;
        while (i < indexes.Length)
        {
            var value = indexes[i];
            var last = Math.Min(i + BitPacking.GroupSize, indexes.Length) - 1;
            if (indexes[last] != value || indexes[i + ((last - i) / 2)] != value)
            {
                i += BitPacking.GroupSize;
                continue;
            }

            var length = RunLength(indexes[i..], value);
            if (length < shortestRun && i + length < indexes.Length)
            {
                i += BitPacking.GroupSize;
                continue;
            }

            PackIndexes(indexes[packedFrom..i], width, output);
            WriteRun(length, value, width, output);
            i += length;
            packedFrom = i;
        }

        PackIndexes(indexes[packedFrom..], width, output);
    }

    /// <summary>Encodes levels of 0 and 1, one a byte; no length goes before them.</summary>
    internal static void EncodeLevels(ReadOnlySpan<byte> levels, PooledBuffer output)
    {
        var packedFrom = 0;
        var i = 0;
        while (i < levels.Length)
        {
            var length = RunLength(levels[i..], levels[i]);
            if (length < RunCostBits && i + length < levels.Length)
            {
                i += BitPacking.GroupSize;
                continue;
            }

            PackLevels(levels[packedFrom..i], output);
            WriteRun(length, levels[i], 1, output);
            i += length;
            packedFrom = i;
        }

        PackLevels(levels[Math.Min(packedFrom, levels.Length)..], output);
    }

    /// <summary>Levels that are all 1: one run.</summary>
    internal static void EncodePresent(int count, PooledBuffer output) => WriteRun(count, 1, 1, output);

    private static int RunLength<T>(ReadOnlySpan<T> values, T value)
        where T : IEquatable<T>
    {
        var length = values.IndexOfAnyExcept(value);
        return length < 0 ? values.Length : length;
    }

    private static void WriteRun(int length, int value, int width, PooledBuffer output)
    {
        output.WriteVarint((ulong)(uint)length << 1);
        for (var bits = 0; bits < width; bits += 8)
        {
            output.WriteByte((byte)(value >> bits));
        }
    }

    private static void PackIndexes(ReadOnlySpan<int> indexes, int width, PooledBuffer output)
    {
        if (indexes.IsEmpty)
        {
            return;
        }

        var whole = indexes.Length / BitPacking.GroupSize;
        var tail = indexes[(whole * BitPacking.GroupSize)..];
        var groups = whole + (tail.IsEmpty ? 0 : 1);
        output.WriteVarint(((ulong)groups << 1) | 1);
        var target = output.Reserve((groups * width) + BitPacking.Slack);
        BitPacking.Pack(indexes[..^tail.Length], width, target);
        if (!tail.IsEmpty)
        {
            Span<int> padded = stackalloc int[BitPacking.GroupSize];
            tail.CopyTo(padded);
            BitPacking.Pack(padded, width, target[(whole * width)..]);
        }

        output.Advance(groups * width);
    }

    private static void PackLevels(ReadOnlySpan<byte> levels, PooledBuffer output)
    {
        if (levels.IsEmpty)
        {
            return;
        }

        var groups = (levels.Length + BitPacking.GroupSize - 1) / BitPacking.GroupSize;
        output.WriteVarint(((ulong)groups << 1) | 1);
        var target = output.Reserve(groups);
        var words = MemoryMarshal.Cast<byte, ulong>(levels);
        for (var i = 0; i < words.Length; i++)
        {
            target[i] = GatherBits(words[i]);
        }

        var tail = levels[(words.Length * BitPacking.GroupSize)..];
        if (!tail.IsEmpty)
        {
            ulong word = 0;
            tail.CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref word)));
            target[words.Length] = GatherBits(word);
        }

        output.Advance(groups);
    }

    /// <summary>The lowest bits of a word's eight bytes, the first byte's lowest: one multiplication moves each to the top byte.</summary>
    private static byte GatherBits(ulong levels) => (byte)((levels * 0x0102040810204080) >> 56);
}
