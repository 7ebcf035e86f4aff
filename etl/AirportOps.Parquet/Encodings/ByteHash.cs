using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AirportOps.Parquet.Encodings;

/// <summary>
/// A hash of short byte strings: 128-bit products of whole words, folded. Two overlapping loads cover any string of up to 16 bytes, which
/// nearly all fields are. It never reaches a file, so it may change.
/// </summary>
internal static class ByteHash
{
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;

    internal static uint Of(ReadOnlySpan<byte> value)
    {
        ref var start = ref MemoryMarshal.GetReference(value);
        var length = value.Length;
        ulong a, b;
        ulong state = (ulong)length;
        if (length >= 8)
        {
            for (var left = length; left > 16; left -= 16)
            {
                state = Fold(Load64(ref start, length - left) ^ First, Load64(ref start, length - left + 8) ^ state);
            }

            a = Load64(ref start, Math.Max(0, length - 16));
            b = Load64(ref start, length - 8);
        }
        else if (length >= 4)
        {
            a = Load32(ref start, 0);
            b = Load32(ref start, length - 4);
        }
        else
        {
            a = length == 0 ? 0 : (uint)(start << 16 | Unsafe.Add(ref start, length >> 1) << 8 | Unsafe.Add(ref start, length - 1));
            b = 0;
        }

        var hash = Fold(First ^ state, Fold(a ^ First, b ^ Second ^ state));
        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    private static ulong Load64(ref byte start, int offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));

    private static ulong Load32(ref byte start, int offset) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, offset));
}
