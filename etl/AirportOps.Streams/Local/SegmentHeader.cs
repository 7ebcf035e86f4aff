using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace AirportOps.Streams;

/// <summary>
/// The start of a segment file: a mark with the format's version, the segment's number, <see cref="PreviousEnd"/>,
/// <see cref="ArrivedMicrosFloor"/>, CRC-32C of these. Little-endian.
/// </summary>
/// <remarks>
/// Segments are numbered from 1 without gaps, and a writer that opens a shard always starts a new one. That makes sequence numbers grow
/// for ever without any state beside the log: a segment's name is durable before its first record is written, so no number is
/// given twice, whatever was lost of the end of the segment before.
/// </remarks>
/// <param name="Number">The segment's number.</param>
/// <param name="PreviousEnd">Offset at which the segment before ends; bytes behind it are the rest of a write that failed.</param>
/// <param name="ArrivedMicrosFloor">
/// No record of the segment arrived before this, none of the segments before it later; microseconds since 1970 UTC.
/// </param>
internal readonly record struct SegmentHeader(long Number, long PreviousEnd, long ArrivedMicrosFloor)
{
    /// <summary>Bytes of a header.</summary>
    public const int Bytes = 36;

    /// <summary>Sequence numbers a segment may use; at 1 GiB it can't hold a tenth of it.</summary>
    public const ulong SequencesPerSegment = 1_000_000_000;

    private const ulong Mark = 0x0001_474F_4C53_504F; // "OPSLOG" and version 1

    /// <summary>The sequence number of the segment's first record.</summary>
    public ulong FirstSequence => (ulong)Number * SequencesPerSegment;

    /// <summary>Where the CRC of the segment's frames starts from: the CRC of this header.</summary>
    public uint Seed => Write(stackalloc byte[Bytes]);

    /// <summary>Reads the header of a segment file.</summary>
    /// <exception cref="StreamException">It is damaged, or of a version this program doesn't know.</exception>
    public static SegmentHeader Read(SafeFileHandle file, string path)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (RandomAccess.Read(file, bytes, 0) < Bytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Mark)
        {
            throw LocalStreamFailure.Damaged(path, 0);
        }

        var header = new SegmentHeader(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]));
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]) == header.Seed ? header : throw LocalStreamFailure.Damaged(path, 0);
    }

    /// <summary>Writes the header to <see cref="Bytes"/> bytes.</summary>
    /// <returns>Its CRC.</returns>
    public uint Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(target, Mark);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], PreviousEnd);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], ArrivedMicrosFloor);
        var crc = ~Frame.Checksum(uint.MaxValue, target[..32]);
        BinaryPrimitives.WriteUInt32LittleEndian(target[32..], crc);
        return crc;
    }
}
