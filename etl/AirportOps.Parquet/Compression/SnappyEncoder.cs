using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AirportOps.Parquet.Compression;

/// <summary>
/// Snappy's block format (google/snappy, format_description.txt): greedy matches of four bytes and more, found through a hash table over
/// blocks of 64 KiB. Written here, because the package at hand allocates its whole output for every page.
/// </summary>
internal static class SnappyEncoder
{
    private const int BlockBytes = 1 << 16;
    private const int MaxTableBits = 14;

    /// <summary>Matching stops this far from a block's end, so that whole words may be read and sixteen bytes copied at once.</summary>
    private const int Margin = 16;

    private const int MaxCopy = 64;

    /// <summary>
    /// A block that does not get smaller by an eighth lets the next seven go as they are. In hexadecimal identifiers, which find four equal
    /// digits everywhere and save a tenth by it, searching took a third of the time of writing whole files; their size grew by a twentieth.
    /// </summary>
    private const int LeastSaving = 8;
    private const int StoredBlocks = 7;

    /// <summary>Most bytes that <paramref name="length"/> bytes can become, and what the encoder may write behind them.</summary>
    internal static long MaxEncodedBytes(int length) => 32L + length + (length / 6);

    /// <summary>Appends the encoded bytes.</summary>
    internal static void Encode(ReadOnlySpan<byte> source, PooledBuffer output)
    {
        output.WriteVarint((ulong)source.Length);
        Span<ushort> table = stackalloc ushort[1 << MaxTableBits];
        var blocksToStore = 0;
        while (!source.IsEmpty)
        {
            var block = source[..Math.Min(BlockBytes, source.Length)];
            var target = output.Reserve((int)MaxEncodedBytes(block.Length));
            if (blocksToStore-- > 0)
            {
                output.Advance(StoreBlock(block, target));
            }
            else
            {
                var size = EncodeBlock(block, target, table);
                output.Advance(size);
                blocksToStore = block.Length - size < block.Length / LeastSaving ? StoredBlocks : 0;
            }

            source = source[block.Length..];
        }
    }

    private static int StoreBlock(ReadOnlySpan<byte> block, Span<byte> target) =>
        EmitLiteral(ref MemoryMarshal.GetReference(block), 0, block.Length, ref MemoryMarshal.GetReference(target), isInside: false);

    private static int EncodeBlock(ReadOnlySpan<byte> block, Span<byte> target, Span<ushort> table)
    {
        ref var start = ref MemoryMarshal.GetReference(block);
        ref var to = ref MemoryMarshal.GetReference(target);
        var literalFrom = 0;
        var written = 0;
        if (block.Length > Margin)
        {
            // A table no larger than the block keeps small pages cheap.
            var bits = Math.Clamp(BitOperations.Log2((uint)block.Length), 8, MaxTableBits);
            table = table[..(1 << bits)];
            table.Clear();
            ref var slots = ref MemoryMarshal.GetReference(table);
            var shift = 32 - bits;
            var limit = block.Length - Margin;
            var at = 1;
            while (FindMatch(ref start, ref slots, shift, limit, ref at, out var match))
            {
                written += EmitLiteral(ref start, literalFrom, at - literalFrom, ref Unsafe.Add(ref to, written), isInside: true);
                do
                {
                    var length = 4 + CommonBytes(ref start, match + 4, at + 4, block.Length);
                    written += EmitCopy(at - match, length, ref Unsafe.Add(ref to, written));
                    at += length;
                    literalFrom = at;
                    if (at >= limit)
                    {
                        break;
                    }

                    Unsafe.Add(ref slots, Hash(Load32(ref start, at - 1), shift)) = (ushort)(at - 1);
                    ref var slot = ref Unsafe.Add(ref slots, Hash(Load32(ref start, at), shift));
                    match = slot;
                    slot = (ushort)at;
                }
                while (Load32(ref start, match) == Load32(ref start, at));

                if (at >= limit)
                {
                    break;
                }

                at++;
            }
        }

        if (literalFrom < block.Length)
        {
            written += EmitLiteral(ref start, literalFrom, block.Length - literalFrom, ref Unsafe.Add(ref to, written), isInside: false);
        }

        return written;
    }

    /// <summary>
    /// Goes on to the next four bytes that stood before. The longer nothing matches, the larger the steps: bytes that do not compress
    /// (identifiers, packed indexes) pass nearly at copying speed.
    /// </summary>
    private static bool FindMatch(ref byte start, ref ushort slots, int shift, int limit, ref int at, out int match)
    {
        for (var missed = 32; at < limit; at += missed++ >> 5)
        {
            var bytes = Load32(ref start, at);
            ref var slot = ref Unsafe.Add(ref slots, Hash(bytes, shift));
            match = slot;
            slot = (ushort)at;
            if (Load32(ref start, match) == bytes)
            {
                return true;
            }
        }

        match = 0;
        return false;
    }

    private static int CommonBytes(ref byte start, int left, int right, int end)
    {
        var from = right;
        while (right + sizeof(ulong) <= end)
        {
            var difference = Load64(ref start, left) ^ Load64(ref start, right);
            if (difference != 0)
            {
                return right - from + (BitOperations.TrailingZeroCount(difference) >> 3);
            }

            left += sizeof(ulong);
            right += sizeof(ulong);
        }

        while (right < end && Unsafe.Add(ref start, left) == Unsafe.Add(ref start, right))
        {
            left++;
            right++;
        }

        return right - from;
    }

    /// <param name="start">Begin of the block.</param>
    /// <param name="from">First byte of the literal.</param>
    /// <param name="length">Its length, at least 1 but where <paramref name="isInside"/>.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="isInside">Whether <see cref="Margin"/> bytes may be read from <paramref name="from"/> on.</param>
    private static int EmitLiteral(ref byte start, int from, int length, ref byte to, bool isInside)
    {
        if (length == 0)
        {
            return 0;
        }

        var last = length - 1;
        int header;
        if (last < 60)
        {
            to = (byte)(last << 2);
            header = 1;
            if (isInside && length <= Margin)
            {
                Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref to, 1), ref Unsafe.Add(ref start, from), Margin);
                return 1 + length;
            }
        }
        else if (last < 1 << 8)
        {
            to = 60 << 2;
            Unsafe.Add(ref to, 1) = (byte)last;
            header = 2;
        }
        else
        {
            // A block has 65,536 bytes, so two bytes hold any length less one.
            to = 61 << 2;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, 1), (ushort)last);
            header = 3;
        }

        Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref to, header), ref Unsafe.Add(ref start, from), (uint)length);
        return header + length;
    }

    private static int EmitCopy(int offset, int length, ref byte to)
    {
        var written = 0;

        // What remains has to be 4 bytes at least, for the short form below.
        while (length >= MaxCopy + 4)
        {
            written += EmitLongCopy(offset, MaxCopy, ref Unsafe.Add(ref to, written));
            length -= MaxCopy;
        }

        if (length > MaxCopy)
        {
            written += EmitLongCopy(offset, MaxCopy - 4, ref Unsafe.Add(ref to, written));
            length -= MaxCopy - 4;
        }

        if (length >= 12 || offset >= 1 << 11)
        {
            return written + EmitLongCopy(offset, length, ref Unsafe.Add(ref to, written));
        }

        Unsafe.Add(ref to, written) = (byte)(1 | ((length - 4) << 2) | (offset >> 8 << 5));
        Unsafe.Add(ref to, written + 1) = (byte)offset;
        return written + 2;
    }

    private static int EmitLongCopy(int offset, int length, ref byte to)
    {
        to = (byte)(2 | ((length - 1) << 2));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, 1), (ushort)offset);
        return 3;
    }

    private static int Hash(uint bytes, int shift) => (int)((bytes * 0x1E35A7BD) >> shift);

    private static uint Load32(ref byte start, int offset) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, offset));

    private static ulong Load64(ref byte start, int offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));
}
