using System.Runtime.InteropServices;

namespace AirportOps.Parquet.Encodings;

/// <summary>PLAIN strings: four-byte length and bytes (Encodings.md, "Plain"). Values of fixed width are their bytes in memory.</summary>
internal static class PlainEncoding
{
    internal static void Utf8(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, PooledBuffer output)
    {
        var count = offsets.Length - 1;
        var size = checked(offsets[count] - offsets[0] + (count * sizeof(int)));
        var target = output.Reserve(size);
        var start = offsets[0];
        for (var i = 1; i < offsets.Length; i++)
        {
            var end = offsets[i];
            var length = end - start;
            MemoryMarshal.Write(target, in length);
            bytes[start..end].CopyTo(target[sizeof(int)..]);
            target = target[(sizeof(int) + length)..];
            start = end;
        }

        output.Advance(size);
    }
}
