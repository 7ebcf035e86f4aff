using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AirportOps.Parquet.Encodings;

/// <summary>
/// A byte string in two words and its length. Two overlapping loads cover up to sixteen bytes, which nearly all fields have, so equal
/// keys mean equal strings and no bytes are compared; of longer strings the words are a digest. Never reaches a file, so it may change.
/// </summary>
internal readonly record struct ByteKey(ulong First, ulong Second, int Length)
{
    private const ulong FirstFactor = 0xA0761D6478BD642F;
    private const ulong SecondFactor = 0xE7037ED1A0B428DB;

    /// <summary>Longest string that the words hold.</summary>
    internal const int WholeBytes = 2 * sizeof(ulong);

    /// <summary>Whether the key is the whole string.</summary>
    internal bool IsWhole => Length <= WholeBytes;

    /// <summary>Folded 128-bit product of the words.</summary>
    internal uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var hash = Fold(First ^ FirstFactor ^ (uint)Length, Second ^ SecondFactor);
            return (uint)(hash ^ (hash >> 32));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ByteKey Of(ReadOnlySpan<byte> value)
    {
        ref var start = ref MemoryMarshal.GetReference(value);
        var length = value.Length;
        if (length >= sizeof(ulong))
        {
            return length <= WholeBytes ? new ByteKey(Load64(ref start, 0), Load64(ref start, length - sizeof(ulong)), length) : Digest(value);
        }

        if (length >= sizeof(uint))
        {
            return new ByteKey(Load32(ref start, 0), Load32(ref start, length - sizeof(uint)), length);
        }

        return length == 0
            ? default
            : new ByteKey((uint)(start << 16 | Unsafe.Add(ref start, length >> 1) << 8 | Unsafe.Add(ref start, length - 1)), 0, length);
    }

    private static ByteKey Digest(ReadOnlySpan<byte> value)
    {
        ref var start = ref MemoryMarshal.GetReference(value);
        var length = value.Length;
        var state = (ulong)length;
        for (var at = 0; at < length - WholeBytes; at += WholeBytes)
        {
            state = Fold(Load64(ref start, at) ^ FirstFactor, Load64(ref start, at + sizeof(ulong)) ^ SecondFactor ^ state);
        }

        return new ByteKey(
            Load64(ref start, length - WholeBytes) ^ state,
            Load64(ref start, length - sizeof(ulong)) ^ (state >> 32 | state << 32),
            length);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    private static ulong Load64(ref byte start, int offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));

    private static ulong Load32(ref byte start, int offset) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, offset));
}
