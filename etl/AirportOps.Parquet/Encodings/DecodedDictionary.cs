using System.Buffers.Binary;

namespace AirportOps.Parquet.Encodings;

/// <summary>The entries of a dictionary page, in place: fixed-width ones by index, strings through the offsets of their bytes.</summary>
internal readonly ref struct DecodedDictionary
{
    private DecodedDictionary(ReadOnlySpan<byte> page, int count, int[] starts)
    {
        Page = page;
        Count = count;
        Starts = starts;
    }

    /// <summary>The page's body; empty where there is no dictionary.</summary>
    internal ReadOnlySpan<byte> Page { get; }

    internal int Count { get; }

    /// <summary>For strings, where in the page each entry's length stands, and the page's end.</summary>
    internal int[] Starts { get; }

    internal ReadOnlySpan<byte> Utf8(int index) => Page[(Starts[index] + sizeof(int))..Starts[index + 1]];

    internal static DecodedDictionary Read(ReadOnlySpan<byte> page, int count, int width, long fileOffset)
    {
        if (width > 0)
        {
            return (long)count * width == page.Length
                ? new DecodedDictionary(page, count, [])
                : throw new ParquetFormatException(fileOffset, $"a dictionary page of {page.Length} bytes", $"{count} entries of {width} bytes");
        }

        if (count > page.Length / sizeof(int))
        {
            throw new ParquetFormatException(fileOffset, $"{count} entries in a dictionary page of {page.Length} bytes", "at least four bytes an entry");
        }

        var starts = new int[count + 1];
        for (var i = 0; i < count; i++)
        {
            var left = page[starts[i]..];
            if (left.Length < sizeof(int) || BinaryPrimitives.ReadUInt32LittleEndian(left) is var length && length > (uint)(left.Length - sizeof(int)))
            {
                throw new ParquetFormatException(fileOffset, $"entry {i} of a dictionary page past its end", $"{count} entries in {page.Length} bytes");
            }

            starts[i + 1] = starts[i] + sizeof(int) + (int)length;
        }

        return starts[count] == page.Length
            ? new DecodedDictionary(page, count, starts)
            : throw new ParquetFormatException(fileOffset, $"{page.Length - starts[count]} bytes after a dictionary's entries", "none");
    }
}
