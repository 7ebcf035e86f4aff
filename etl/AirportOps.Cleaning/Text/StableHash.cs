using System.Buffers.Binary;
using System.Numerics;

namespace AirportOps.Cleaning.Text;

/// <summary>
/// Hashes that stay the same for ever, for they are stored with windows: MurmurHash3 x64 128 with seed 0
/// (<see href="https://github.com/aappleby/smhasher">its definition</see>), and 64 bits over the parts of an event. Good against chance, not
/// against someone who makes up ids to collide.
/// </summary>
internal static class StableHash
{
    private const ulong C1 = 0x87C3_7B91_1142_53D5;
    private const ulong C2 = 0x4CF5_AD43_2745_937F;
    private const int BlockLength = 16;

    internal static UInt128 Hash128(ReadOnlySpan<byte> text)
    {
        var (first, second) = (0UL, 0UL);
        var rest = text;
        for (; rest.Length >= BlockLength; rest = rest[BlockLength..])
        {
            first = (BitOperations.RotateLeft(first ^ MixFirst(BinaryPrimitives.ReadUInt64LittleEndian(rest)), 27) + second) * 5 + 0x52DC_E729;
            second = (BitOperations.RotateLeft(second ^ MixSecond(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..])), 31) + first) * 5 + 0x3849_5AB5;
        }

        Span<byte> tail = stackalloc byte[BlockLength];
        tail.Clear();
        rest.CopyTo(tail);
        first ^= MixFirst(BinaryPrimitives.ReadUInt64LittleEndian(tail)) ^ (ulong)text.Length;
        second ^= MixSecond(BinaryPrimitives.ReadUInt64LittleEndian(tail[8..])) ^ (ulong)text.Length;
        first += second;
        second += first;
        first = Finish(first);
        second = Finish(second);
        first += second;
        return new UInt128(first, first + second);
    }

    /// <summary>Adds a numbered part to a running hash; the order of the parts counts.</summary>
    internal static ulong Add(ulong hash, int number, ulong value) =>
        (BitOperations.RotateLeft(hash, 29) ^ Finish(value + ((ulong)(number + 1) * C1))) * C2;

    /// <summary>Adds a numbered text to a running hash.</summary>
    internal static ulong Add(ulong hash, int number, ReadOnlySpan<byte> text)
    {
        if (text.Length > sizeof(ulong))
        {
            return Add(hash, number, (ulong)Hash128(text));
        }

        var value = 0UL;
        foreach (var b in text)
        {
            value = (value << 8) | b;
        }

        return Add(Add(hash, number, value), number, (ulong)text.Length);
    }

    private static ulong MixFirst(ulong block) => BitOperations.RotateLeft(block * C1, 31) * C2;

    private static ulong MixSecond(ulong block) => BitOperations.RotateLeft(block * C2, 33) * C1;

    private static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51_AFD7_ED55_8CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CE_B9FE_1A85_EC53;
        return hash ^ (hash >> 33);
    }
}
