using System.Globalization;

namespace AirportOps.Parquet.Compression;

/// <summary>Compression of page bodies (apache/parquet-format, Compression.md).</summary>
internal static class PageCompression
{
    /// <summary>The body as it goes to the file: itself or what is put into <paramref name="buffer"/>.</summary>
    internal static ReadOnlySpan<byte> Compress(ParquetCodec codec, ReadOnlySpan<byte> body, PooledBuffer buffer)
    {
        if (codec == ParquetCodec.None)
        {
            return body;
        }

        buffer.Clear();
        SnappyEncoder.Encode(body, buffer);
        return buffer.Written;
    }

    /// <summary>The body before compression: itself or what is put into <paramref name="buffer"/>.</summary>
    /// <exception cref="ParquetFormatException">The bytes do not decompress to the size the page's header gives.</exception>
    internal static ReadOnlySpan<byte> Decompress(ParquetCodec codec, ReadOnlySpan<byte> body, int size, long fileOffset, PooledBuffer buffer)
    {
        if (codec == ParquetCodec.None)
        {
            return size == body.Length ? body : throw Wrong(codec, body, size, fileOffset);
        }

        // Before memory is taken for it, the size has to be one these bytes can have.
        if (size / SnappyDecoder.MaxRatio > body.Length)
        {
            throw Wrong(codec, body, size, fileOffset);
        }

        buffer.Clear();
        var target = buffer.Reserve(size)[..size];
        if (!SnappyDecoder.TryDecode(body, target))
        {
            throw Wrong(codec, body, size, fileOffset);
        }

        buffer.Advance(size);
        return buffer.Written;
    }

    /// <summary>The announced size, or what the compressed bytes can be at most where that is less.</summary>
    internal static long MostBytes(ParquetCodec codec, long compressed, long announced) =>
        Math.Min(announced, codec == ParquetCodec.None ? compressed : compressed * SnappyDecoder.MaxRatio);

    private static ParquetFormatException Wrong(ParquetCodec codec, ReadOnlySpan<byte> body, int size, long fileOffset) => new(
        fileOffset,
        string.Create(CultureInfo.InvariantCulture, $"a page body of {body.Length} bytes"),
        string.Create(CultureInfo.InvariantCulture, $"{size} bytes compressed with {codec}"));
}
