using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace AirportOps.Streams;

/// <summary>
/// A record in a segment file: CRC-32C of all that follows it, length of the whole frame, sequence number, arrival in microseconds since
/// 1970 UTC, <see cref="DurableBefore"/>, length of the key in bytes, the key in UTF-8, the data. Little-endian.
/// </summary>
/// <remarks>
/// The CRC starts from the segment's own seed, so that neither a frame copied from elsewhere nor data that looks like a
/// frame passes for one. A frame without a key is the seal: the writer was closed properly and the segment ends here.
/// </remarks>
/// <param name="Sequence">Number of the segment times <see cref="SegmentHeader.SequencesPerSegment"/> plus the index in it.</param>
/// <param name="ArrivedMicros">Microseconds since 1970 UTC.</param>
/// <param name="DurableBefore">
/// Offset in the file that was flushed to disk before this frame was written. What is unreadable before it was lost or changed on disk;
/// what is unreadable and has no such frame behind it is a write that never came to its end.
/// </param>
/// <param name="KeyBytes">Length of the key.</param>
/// <param name="Length">Length of the whole frame.</param>
internal readonly record struct Frame(ulong Sequence, long ArrivedMicros, uint DurableBefore, int KeyBytes, int Length)
{
    /// <summary>Bytes of a frame before its key.</summary>
    public const int HeaderBytes = 30;

    /// <summary>The most bytes a key has: 256 characters of at most 3 bytes.</summary>
    public const int MaxKeyBytes = 256 * 3;

    /// <summary>The longest frame any options allow.</summary>
    public const int MaxLength = HeaderBytes + MaxKeyBytes + (64 << 20);

    /// <summary>Whether this ends a segment rather than holding a record.</summary>
    public bool IsSeal => KeyBytes == 0;

    /// <summary>Bytes of data.</summary>
    public int DataBytes => Length - HeaderBytes - KeyBytes;

    /// <summary>Reads the frame at the start of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">A part of a segment.</param>
    /// <param name="seed">The segment's seed.</param>
    /// <param name="frame">The frame when this returns <see cref="FrameState.Complete"/>; when it returns
    /// <see cref="FrameState.Incomplete"/>, only <see cref="Length"/> is set, to the bytes needed.</param>
    public static FrameState Read(ReadOnlySpan<byte> bytes, uint seed, out Frame frame)
    {
        frame = default;
        if (bytes.Length < HeaderBytes)
        {
            frame = new(0, 0, 0, 0, HeaderBytes);
            return FrameState.Incomplete;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        int keyBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
        if (length > MaxLength || keyBytes > MaxKeyBytes || length < HeaderBytes + keyBytes)
        {
            return FrameState.Bad;
        }

        if (length > bytes.Length)
        {
            frame = new(0, 0, 0, 0, length);
            return FrameState.Incomplete;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Checksum(seed, bytes[4..length]))
        {
            return FrameState.Bad;
        }

        frame = new(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]),
            keyBytes,
            length);
        return FrameState.Complete;
    }

    /// <summary>The bytes a frame takes.</summary>
    public static int LengthOf(string key, ReadOnlyMemory<byte> data) => HeaderBytes + Encoding.UTF8.GetByteCount(key) + data.Length;

    /// <summary>Writes a frame to the start of <paramref name="target"/>, which has room for it; an empty key makes the seal.</summary>
    /// <returns>The frame's length.</returns>
    public static int Write(
        Span<byte> target, uint seed, ulong sequence, long arrivedMicros, uint durableBefore, string key, ReadOnlySpan<byte> data)
    {
        var keyBytes = Encoding.UTF8.GetBytes(key, target[HeaderBytes..]);
        data.CopyTo(target[(HeaderBytes + keyBytes)..]);
        var length = HeaderBytes + keyBytes + data.Length;
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], arrivedMicros);
        BinaryPrimitives.WriteUInt32LittleEndian(target[24..], durableBefore);
        BinaryPrimitives.WriteUInt16LittleEndian(target[28..], (ushort)keyBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(target, Checksum(seed, target[4..length]));
        return length;
    }

    /// <summary>CRC-32C (Castagnoli) continued from <paramref name="seed"/>, without the final inversion.</summary>
    internal static uint Checksum(uint seed, ReadOnlySpan<byte> bytes)
    {
        var crc = seed;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return crc;
    }
}
