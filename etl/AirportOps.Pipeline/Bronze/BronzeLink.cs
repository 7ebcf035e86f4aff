using System.Buffers.Binary;
using System.Text;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>
/// What links a Bronze object to the one before it: in the gzip header an extra field (RFC 1952, section 2.3.1.1) <c>AO</c> with the last sequence
/// number archived before it, in decimal digits, or nothing in the first one. Readers of gzip pass it over.
/// </summary>
/// <remarks>A name says where its object begins and ends; only with this a reader knows that none is missing between two, on any kind of stream.</remarks>
internal static class BronzeLink
{
    /// <summary>The most bytes of an object that hold the link.</summary>
    internal const int MaxBytes = HeaderBytes + LengthBytes + FieldHeaderBytes + SequenceNumber.MaxDigits;

    private const int HeaderBytes = 10;
    private const int LengthBytes = 2;
    private const int FieldHeaderBytes = 4;
    private const int FlagsAt = 3;
    private const byte HasExtra = 4;

    /// <summary>The extra field with its length, as it stands behind the first ten bytes.</summary>
    internal static byte[] Write(SequenceNumber? before)
    {
        var digits = Encoding.ASCII.GetBytes(before?.ToString() ?? "");
        var link = new byte[LengthBytes + FieldHeaderBytes + digits.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(link, (ushort)(FieldHeaderBytes + digits.Length));
        "AO"u8.CopyTo(link.AsSpan(LengthBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(link.AsSpan(LengthBytes + 2), (ushort)digits.Length);
        digits.CopyTo(link, LengthBytes + FieldHeaderBytes);
        return link;
    }

    /// <summary>Puts a link into a gzip member that stands behind as many free bytes.</summary>
    internal static void Insert(ReadOnlySpan<byte> link, Span<byte> content)
    {
        content.Slice(link.Length, HeaderBytes).CopyTo(content);
        content[FlagsAt] |= HasExtra;
        link.CopyTo(content[HeaderBytes..]);
    }

    /// <summary>Reads the link of an object.</summary>
    /// <param name="start">Its first bytes, <see cref="MaxBytes"/> where it has so many.</param>
    /// <param name="before">The last record archived before; null for none.</param>
    /// <returns>False when the object has no link: it was archived before there were any.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> start, out SequenceNumber? before)
    {
        before = null;
        if (start.Length < HeaderBytes + LengthBytes + FieldHeaderBytes || start[0] != 0x1f || start[1] != 0x8b || (start[FlagsAt] & HasExtra) == 0)
        {
            return false;
        }

        var field = start[(HeaderBytes + LengthBytes)..];
        var length = BinaryPrimitives.ReadUInt16LittleEndian(field[2..]);
        if (!field.StartsWith("AO"u8) || length > field.Length - FieldHeaderBytes)
        {
            return false;
        }

        before = SequenceNumber.TryParse(Encoding.ASCII.GetString(field.Slice(FieldHeaderBytes, length)), out var last) ? last : null;
        return length == 0 || before is not null;
    }
}
