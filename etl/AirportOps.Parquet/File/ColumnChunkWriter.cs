using System.Numerics;
using System.Runtime.InteropServices;
using AirportOps.Parquet.Compression;
using AirportOps.Parquet.Encodings;
using AirportOps.Parquet.Meta;
using AirportOps.Parquet.Statistics;

namespace AirportOps.Parquet;

/// <summary>
/// Writes column chunks: dictionary page and data pages v1. All values of a chunk are at hand, so whether a dictionary pays is known
/// before the first page, and nothing but the page at work is held.
/// </summary>
internal sealed class ColumnChunkWriter(Stream output, ParquetWriterOptions options, ParquetWriterScratch scratch)
{
    /// <summary>Small pages are gathered up to this before the stream is called.</summary>
    private const int OutputBytes = 64 << 10;

    private long _uncompressed;
    private long _start;
    private long _dataPageOffset;
    private int _dataPages;
    private bool _isWriting;

    /// <summary>File offset of the next byte.</summary>
    internal long Position { get; private set; }

    internal ColumnChunkMetadata Int32(ReadOnlySpan<int> values, ChunkRows rows) => FixedWidth(values, scratch.Int32Dictionary, rows, null);

    internal ColumnChunkMetadata Int64(ReadOnlySpan<long> values, ChunkRows rows) => FixedWidth(values, scratch.Int64Dictionary, rows, null);

    /// <summary>Doubles are told apart by their bits, so -0.0 and every NaN come back as they went in.</summary>
    internal ColumnChunkMetadata Double(ReadOnlySpan<double> values, ChunkRows rows) => FixedWidth(
        MemoryMarshal.Cast<double, long>(values),
        scratch.Int64Dictionary,
        rows,
        FixedWidthStatistics.OfDoubles(values, rows.Count - values.Length));

    internal ColumnChunkMetadata Utf8(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, ChunkRows rows)
    {
        Begin();
        var count = offsets.Length - 1;
        var indexes = scratch.Indexes(count);
        var dictionary = scratch.Utf8Dictionary;
        if (options.DictionaryBytes > 0 && count > 0 && dictionary.TryEncode(bytes, offsets, indexes, options.DictionaryBytes))
        {
            DictionaryPage(dictionary.Page, dictionary.Count);
            IndexPages(indexes, dictionary.Count, rows);
            return End(rows.Count, hasDictionary: true, dictionary.Statistics(rows.Count - count));
        }

        Utf8Pages(bytes, offsets, rows);
        return End(rows.Count, hasDictionary: false, Utf8Statistics.Of(bytes, offsets, rows.Count - count));
    }

    /// <summary>Writes bytes that are no page: the magic number and the footer.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        Position += bytes.Length;
    }

    /// <param name="values">Integers, or other values' bits.</param>
    /// <param name="dictionary">The dictionary to try.</param>
    /// <param name="rows">The rows they make up.</param>
    /// <param name="statistics">Null for integers: their bounds are found among the dictionary's entries where there is one.</param>
    private ColumnChunkMetadata FixedWidth<T>(ReadOnlySpan<T> values, FixedWidthDictionary<T> dictionary, ChunkRows rows, ColumnStatistics? statistics)
        where T : unmanaged, IBinaryInteger<T>
    {
        Begin();
        var nulls = rows.Count - values.Length;
        var indexes = scratch.Indexes(values.Length);
        if (options.DictionaryBytes > 0 && !values.IsEmpty && dictionary.TryEncode(values, indexes, options.DictionaryBytes))
        {
            DictionaryPage(MemoryMarshal.AsBytes(dictionary.Entries), dictionary.Count);
            IndexPages(indexes, dictionary.Count, rows);
            return End(rows.Count, hasDictionary: true, statistics ?? FixedWidthStatistics.Of(dictionary.Entries, nulls));
        }

        PlainPages(values, rows);
        return End(rows.Count, hasDictionary: false, statistics ?? FixedWidthStatistics.Of(values, nulls));
    }

    private void PlainPages<T>(ReadOnlySpan<T> values, ChunkRows rows)
        where T : unmanaged
    {
        var cutter = new PageCutter(rows.Levels, [], 8 * Marshal.SizeOf<T>(), options.PageBytes);
        for (var (row, value) = (0, 0); row < rows.Count;)
        {
            var page = cutter.Next(row, value, rows.Count - row, values.Length - value);
            BeginPage(rows, row, page.Rows);
            scratch.Page.Write(MemoryMarshal.AsBytes(values.Slice(value, page.Values)));
            DataPage(page.Rows, Encoding.Plain);
            row += page.Rows;
            value += page.Values;
        }
    }

    private void Utf8Pages(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, ChunkRows rows)
    {
        var cutter = new PageCutter(rows.Levels, offsets, 0, options.PageBytes);
        for (var (row, value) = (0, 0); row < rows.Count;)
        {
            var page = cutter.Next(row, value, rows.Count - row, offsets.Length - 1 - value);
            BeginPage(rows, row, page.Rows);
            PlainEncoding.Utf8(bytes, offsets.Slice(value, page.Values + 1), scratch.Page);
            DataPage(page.Rows, Encoding.Plain);
            row += page.Rows;
            value += page.Values;
        }
    }

    private void IndexPages(ReadOnlySpan<int> indexes, int entryCount, ChunkRows rows)
    {
        var width = DictionaryRule.IndexWidth(entryCount);
        var cutter = new PageCutter(rows.Levels, [], width, options.PageBytes);
        for (var (row, value) = (0, 0); row < rows.Count;)
        {
            var page = cutter.Next(row, value, rows.Count - row, indexes.Length - value);
            BeginPage(rows, row, page.Rows);
            scratch.Page.WriteByte((byte)width);
            HybridEncoder.EncodeIndexes(indexes.Slice(value, page.Values), width, scratch.Page);
            DataPage(page.Rows, Encoding.PlainDictionary);
            row += page.Rows;
            value += page.Values;
        }
    }

    private void BeginPage(ChunkRows rows, int first, int count)
    {
        scratch.Page.Clear();
        if (!rows.IsOptional)
        {
            return;
        }

        if (rows.Levels.IsEmpty)
        {
            HybridEncoder.EncodePresent(count, scratch.Page);
        }
        else
        {
            HybridEncoder.EncodeLevels(rows.Levels.Slice(first, count), scratch.Page);
        }
    }

    private void DictionaryPage(ReadOnlySpan<byte> entries, int count)
    {
        Page(PageType.Dictionary, entries, count, Encoding.PlainDictionary);
        _dataPageOffset = Position;
    }

    private void DataPage(int rows, Encoding encoding)
    {
        Page(PageType.Data, scratch.Page.Written, rows, encoding);
        _dataPages++;
    }

    private void Page(PageType type, ReadOnlySpan<byte> body, int values, Encoding encoding)
    {
        var compressed = PageCompression.Compress(options.Codec, body, scratch.Compressed);
        var pending = scratch.Output.Length;
        new PageHeader(type, body.Length, compressed.Length, values, encoding).Write(scratch.Output);
        var headerBytes = scratch.Output.Length - pending;
        _uncompressed += headerBytes + body.Length;
        Position += headerBytes + compressed.Length;
        if (scratch.Output.Length + (long)compressed.Length > OutputBytes)
        {
            Flush();
            output.Write(compressed);
        }
        else
        {
            scratch.Output.Write(compressed);
        }
    }

    private void Begin()
    {
        if (_isWriting)
        {
            throw new InvalidOperationException("An earlier write to this file failed part of the way; start the file anew.");
        }

        _isWriting = true;
        _uncompressed = 0;
        _dataPages = 0;
        scratch.Output.Clear();
        if (Position == 0)
        {
            Raw(ParquetFile.Magic);
        }

        _start = _dataPageOffset = Position;
    }

    private ColumnChunkMetadata End(int rows, bool hasDictionary, ColumnStatistics statistics)
    {
        Flush();
        _isWriting = false;
        return new ColumnChunkMetadata
        {
            Codec = options.Codec,
            Values = rows,
            UncompressedBytes = _uncompressed,
            CompressedBytes = Position - _start,
            DataPageOffset = _dataPageOffset,
            DictionaryPageOffset = hasDictionary ? _start : null,
            DataPages = _dataPages,
            Statistics = statistics,
        };
    }

    private void Flush()
    {
        if (scratch.Output.Length > 0)
        {
            output.Write(scratch.Output.Written);
            scratch.Output.Clear();
        }
    }
}
