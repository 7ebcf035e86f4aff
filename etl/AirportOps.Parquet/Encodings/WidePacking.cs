using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AirportOps.Parquet.Encodings;

/// <summary>Packing of integers of up to 64 bits from the least significant bit up, as <see cref="BitPacking"/> does for indexes.</summary>
internal static class WidePacking
{
    internal const int MaxWidth = 64;

    /// <summary>Bytes that <see cref="Pack"/> may write after its result: it stores whole words.</summary>
    internal const int Slack = sizeof(ulong);

    /// <summary>Packs a multiple of eight values below 2^<paramref name="width"/>.</summary>
    internal static void Pack(ReadOnlySpan<ulong> values, int width, Span<byte> target)
    {
        Debug.Assert(values.Length % 8 == 0 && target.Length >= (values.Length / 8 * width) + Slack, "Whole bytes and room for a word.");
        ref var destination = ref MemoryMarshal.GetReference(target);
        ulong bits = 0;
        var used = 0;
        foreach (var value in values)
        {
            bits |= value << used;
            used += width;
            if (used < 64)
            {
                continue;
            }

            Unsafe.WriteUnaligned(ref destination, bits);
            destination = ref Unsafe.Add(ref destination, sizeof(ulong));
            used -= 64;

            // C# takes a shift by 64 as none.
            bits = used == 0 ? 0 : value >> (width - used);
        }

        Unsafe.WriteUnaligned(ref destination, bits);
    }

    /// <summary>The value at an index of packed values, all of which <paramref name="source"/> holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Unpack(ReadOnlySpan<byte> source, int width, int index)
    {
        var bit = (long)index * width;
        var rest = source[(int)(bit >> 3)..];
        var shift = (int)(bit & 7);
        if (rest.Length < sizeof(ulong))
        {
            return Tail(rest) >> shift & Mask(width);
        }

        var value = BinaryPrimitives.ReadUInt64LittleEndian(rest) >> shift;
        if (shift + width > 64)
        {
            value |= (ulong)rest[sizeof(ulong)] << (64 - shift);
        }

        return value & Mask(width);
    }

    private static ulong Mask(int width) => width == 64 ? ulong.MaxValue : (1UL << width) - 1;

    private static ulong Tail(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            value |= (ulong)bytes[i] << (8 * i);
        }

        return value;
    }
}
