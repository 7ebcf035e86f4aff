using AirportOps.Parquet.Compression;
using AirportOps.Parquet.Encodings;
using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet;

/// <summary>Decodes column chunks. Memory is taken only for what the bytes at hand can stand for, and never over the limit.</summary>
internal sealed class ColumnChunkReader(int maxChunkBytes) : IDisposable
{
    private readonly PooledBuffer _dictionaryPage = new();
    private readonly PooledBuffer _dataPage = new();

    internal ParquetColumnData Read(FileSource source, ColumnChunkMetadata chunk, ParquetColumn column)
    {
        if (chunk.CompressedBytes > maxChunkBytes)
        {
            throw new ParquetFormatException(chunk.Start, $"a column chunk of {chunk.CompressedBytes} bytes", $"at most {maxChunkBytes}");
        }

        var values = (int)(chunk.Values - chunk.Statistics.NullCount);
        var likelyBytes = chunk.DictionaryPageOffset is null ? PageCompression.LikelyBytes(chunk.Codec, chunk.CompressedBytes, chunk.UncompressedBytes) : 0;
        var target = new ColumnBuilder(column, (int)chunk.Values, values, likelyBytes, maxChunkBytes);
        var bytes = source.Read(chunk.Start, (int)chunk.CompressedBytes);
        var dictionary = default(DecodedDictionary);
        var position = 0;
        while (position < bytes.Length)
        {
            var offset = chunk.Start + position;
            var header = PageHeader.Read(bytes[position..], offset, out var headerBytes);
            var body = bytes.Slice(position + headerBytes, header.CompressedBytes);
            var buffer = header.Type == PageType.Dictionary ? _dictionaryPage : _dataPage;
            if (header.Type == PageType.Dictionary && position > 0)
            {
                throw new ParquetFormatException(offset, "a dictionary page", "a data page, the dictionary coming first and once");
            }

            if (header.UncompressedBytes > maxChunkBytes)
            {
                throw new ParquetFormatException(offset, $"a page of {header.UncompressedBytes} bytes", $"at most {maxChunkBytes}");
            }

            CheckSum(header, body, offset);
            var levels = body[..header.LevelBytes];
            var codec = header.IsCompressed ? chunk.Codec : ParquetCodec.None;
            body = PageCompression.Decompress(codec, body[levels.Length..], header.UncompressedBytes - levels.Length, offset, buffer);
            if (header.Type == PageType.Dictionary)
            {
                dictionary = DecodedDictionary.Read(body, header.Values, column.Type.Physical().Width(), offset);
            }
            else
            {
                target.AddPage(levels, body, header, dictionary, offset);
            }

            position += headerBytes + header.CompressedBytes;
        }

        return target.Finish(chunk.Start);
    }

    private static void CheckSum(PageHeader header, ReadOnlySpan<byte> body, long fileOffset)
    {
        if (header.Checksum is { } expected && PageChecksum.Of(body) is var found && found != expected)
        {
            throw new ParquetFormatException(fileOffset, $"a page with the checksum {found:X8}", $"{expected:X8} as its header says");
        }
    }

    public void Dispose()
    {
        _dictionaryPage.Dispose();
        _dataPage.Dispose();
    }
}
