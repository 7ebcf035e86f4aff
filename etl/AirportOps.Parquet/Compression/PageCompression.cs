using System.Globalization;

namespace AirportOps.Parquet.Compression;

/// <summary>Compression of page bodies (apache/parquet-format, Compression.md).</summary>
internal static class PageCompression
{
    /// <summary>The body as it goes to the file: itself or what is put into the scratch.</summary>
    internal static ReadOnlySpan<byte> Compress(ParquetCodec codec, ReadOnlySpan<byte> body, ParquetWriterScratch scratch)
    {
        var buffer = scratch.Compressed;
        buffer.Clear();
        switch (codec)
        {
            case ParquetCodec.None:
                return body;
            case ParquetCodec.Snappy:
                SnappyEncoder.Encode(body, buffer);
                break;
            case ParquetCodec.Gzip:
                GzipCodec.Encode(body, buffer);
                break;
            default:
                ZstandardCodec.Encode(body, scratch.Zstandard, buffer);
                break;
        }

        return buffer.Written;
    }

    /// <summary>The body before compression: itself or what is put into <paramref name="buffer"/>.</summary>
    /// <exception cref="ParquetFormatException">The bytes do not decompress to the size the page's header gives, or the codec's library is missing.</exception>
    internal static ReadOnlySpan<byte> Decompress(ParquetCodec codec, ReadOnlySpan<byte> body, int size, long fileOffset, PooledBuffer buffer)
    {
        if (codec == ParquetCodec.None)
        {
            return size == body.Length ? body : throw Wrong(codec, body, size, fileOffset);
        }

        if (!ParquetCodecs.IsAvailable(codec))
        {
            throw new ParquetFormatException(fileOffset, $"a page compressed with {codec}", $"a codec this machine has ({ZstandardLibrary.FileName} is missing)");
        }

        // Before memory is taken for it, the size has to be one these bytes can have.
        if (size / MaxRatio(codec) > body.Length)
        {
            throw Wrong(codec, body, size, fileOffset);
        }

        buffer.Clear();
        var target = buffer.Reserve(size)[..size];
        var isDecoded = codec switch
        {
            ParquetCodec.Snappy => SnappyDecoder.TryDecode(body, target),
            ParquetCodec.Gzip => GzipCodec.TryDecode(body, target),
            _ => ZstandardCodec.TryDecode(body, target),
        };
        if (!isDecoded)
        {
            throw Wrong(codec, body, size, fileOffset);
        }

        buffer.Advance(size);
        return buffer.Written;
    }

    /// <summary>
    /// The announced size, or less where it is more than Snappy could make of the bytes: what the other codecs can reach is no ground to
    /// allocate on before it is there.
    /// </summary>
    internal static long LikelyBytes(ParquetCodec codec, long compressed, long announced) =>
        Math.Min(announced, codec == ParquetCodec.None ? compressed : compressed * SnappyDecoder.MaxRatio);

    private static int MaxRatio(ParquetCodec codec) => codec switch
    {
        ParquetCodec.Snappy => SnappyDecoder.MaxRatio,
        ParquetCodec.Gzip => GzipCodec.MaxRatio,
        _ => ZstandardCodec.MaxRatio,
    };

    private static ParquetFormatException Wrong(ParquetCodec codec, ReadOnlySpan<byte> body, int size, long fileOffset) => new(
        fileOffset,
        string.Create(CultureInfo.InvariantCulture, $"a page body of {body.Length} bytes"),
        string.Create(CultureInfo.InvariantCulture, $"{size} bytes compressed with {codec}"));
}
