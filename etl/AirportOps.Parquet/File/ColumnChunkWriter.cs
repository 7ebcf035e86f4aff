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

    internal ColumnChunkMetadata Int32(ReadOnlySpan<int> values, ReadOnlySpan<byte> levels, int rows, bool isOptional)
    {
        var hasDictionary = TryDictionary(scratch.Int32Dictionary, values, out var indexes);
        var distinct = hasDictionary ? scratch.Int32Dictionary.Entries : values;
        var statistics = FixedWidthStatistics.Of(distinct, rows - values.Length);
        return FixedWidth(values, indexes, MemoryMarshal.AsBytes(distinct), distinct.Length, hasDictionary, new Rows(levels, rows, isOptional), statistics);
    }

    internal ColumnChunkMetadata Int64(ReadOnlySpan<long> values, ReadOnlySpan<byte> levels, int rows, bool isOptional)
    {
        var hasDictionary = TryDictionary(scratch.Int64Dictionary, values, out var indexes);
        var distinct = hasDictionary ? scratch.Int64Dictionary.Entries : values;
        var statistics = FixedWidthStatistics.Of(distinct, rows - values.Length);
        return FixedWidth(values, indexes, MemoryMarshal.AsBytes(distinct), distinct.Length, hasDictionary, new Rows(levels, rows, isOptional), statistics);
    }

    /// <summary>Doubles are told apart by their bits, so -0.0 and every NaN come back as they went in.</summary>
    internal ColumnChunkMetadata Double(ReadOnlySpan<double> values, ReadOnlySpan<byte> levels, int rows, bool isOptional)
    {
        var bits = MemoryMarshal.Cast<double, long>(values);
        var hasDictionary = TryDictionary(scratch.Int64Dictionary, bits, out var indexes);
        var distinct = hasDictionary ? scratch.Int64Dictionary.Entries : bits;

        // NaNs are counted over all values, not over the different ones.
        var statistics = FixedWidthStatistics.OfDoubles(values, rows - values.Length);
        return FixedWidth(bits, indexes, MemoryMarshal.AsBytes(distinct), distinct.Length, hasDictionary, new Rows(levels, rows, isOptional), statistics);
    }

    internal ColumnChunkMetadata Utf8(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, ReadOnlySpan<byte> levels, int rows, bool isOptional)
    {
        var count = offsets.Length - 1;
        var indexes = scratch.Indexes(count);
        var dictionary = scratch.Utf8Dictionary;
        Begin();
        if (options.DictionaryBytes > 0 && count > 0 && dictionary.TryEncode(bytes, offsets, indexes, options.DictionaryBytes))
        {
            DictionaryPage(dictionary.Page, dictionary.Count);
            IndexPages(indexes, dictionary.Count, new Rows(levels, rows, isOptional));
            return End(rows, hasDictionary: true, dictionary.Statistics(rows - count));
        }

        Utf8Pages(bytes, offsets, new Rows(levels, rows, isOptional));
        return End(rows, hasDictionary: false, Utf8Statistics.Of(bytes, offsets, rows - count));
    }

    /// <summary>Writes bytes that are no page: the magic number and the footer.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        Position += bytes.Length;
    }

    private bool TryDictionary<T>(FixedWidthDictionary<T> dictionary, ReadOnlySpan<T> values, out Span<int> indexes)
        where T : unmanaged, IBinaryInteger<T>
    {
        indexes = scratch.Indexes(values.Length);
        return options.DictionaryBytes > 0 && !values.IsEmpty && dictionary.TryEncode(values, indexes, options.DictionaryBytes);
    }

    private ColumnChunkMetadata FixedWidth<T>(
        ReadOnlySpan<T> values,
        ReadOnlySpan<int> indexes,
        ReadOnlySpan<byte> entries,
        int entryCount,
        bool hasDictionary,
        Rows rows,
        ColumnStatistics statistics)
        where T : unmanaged
    {
        Begin();
        if (hasDictionary)
        {
            DictionaryPage(entries, entryCount);
            IndexPages(indexes, entryCount, rows);
        }
        else
        {
            PlainPages(values, rows);
        }

        return End(rows.Count, hasDictionary, statistics);
    }

    private void PlainPages<T>(ReadOnlySpan<T> values, Rows rows)
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

    private void Utf8Pages(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, Rows rows)
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

    private void IndexPages(ReadOnlySpan<int> indexes, int entryCount, Rows rows)
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

    private void BeginPage(Rows rows, int first, int count)
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

    /// <param name="levels">Definition levels, one a row; empty when no row is null.</param>
    /// <param name="count">Rows of the chunk.</param>
    /// <param name="isOptional">Whether pages carry levels.</param>
    private readonly ref struct Rows(ReadOnlySpan<byte> levels, int count, bool isOptional)
    {
        internal readonly ReadOnlySpan<byte> Levels = levels;
        internal readonly int Count = count;
        internal readonly bool IsOptional = isOptional;
    }
}
