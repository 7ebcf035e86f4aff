namespace AirportOps.Parquet.Compression;

/// <summary>Zstandard frames (RFC 8878), one a page.</summary>
internal static unsafe class ZstandardCodec
{
    /// <summary>Four bytes can stand for a block of 128 KiB of one value.</summary>
    internal const int MaxRatio = 1 << 15;

    /// <summary>Level 3, the library's default, made a flight table 3 per cent smaller and took 45 per cent longer to write.</summary>
    private const int Level = 1;

    internal static void Encode(ReadOnlySpan<byte> body, ZstandardContext context, PooledBuffer output)
    {
        var library = ZstandardLibrary.Needed;
        var target = output.Reserve(checked((int)library.CompressBound((nuint)body.Length)));
        fixed (byte* from = body, to = target)
        {
            var written = library.Compress(context, to, (nuint)target.Length, from, (nuint)body.Length, Level);
            if (library.IsError(written))
            {
                // Of a target large enough only memory can be the reason.
                throw new InsufficientMemoryException($"{ZstandardLibrary.FileName} could not compress a page of {body.Length} bytes.");
            }

            output.Advance((int)written);
        }
    }

    /// <summary>Fills <paramref name="target"/>; false where the bytes are not frames of just that length.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* from = source, to = target)
        {
            // An error is a number near the greatest, so it is no length.
            return ZstandardLibrary.Needed.Decompress(to, (nuint)target.Length, from, (nuint)source.Length) == (nuint)target.Length;
        }
    }
}
