using System.Numerics;
using System.Runtime.InteropServices;
using AirportOps.Parquet.Encodings;
using AirportOps.Parquet.Meta;
using AirportOps.Parquet.Statistics;

namespace AirportOps.Parquet;

/// <summary>
/// Writes column chunks: dictionary page and data pages. All values of a chunk are at hand, so how they are encoded is settled before the
/// first page, and nothing but the page at work is held.
/// </summary>
internal sealed partial class ColumnChunkWriter(Stream output, ParquetWriterOptions options, ParquetWriterScratch scratch)
{
    private readonly PageWriter _pages = new(output, options, scratch);
    private readonly bool _isNewName = options.DictionaryName == ParquetDictionaryName.RleDictionary;
    private long _start;
    private long _dataPageOffset;
    private bool _isWriting;

    /// <summary>File offset of the next byte.</summary>
    internal long Position => _pages.Position;

    private Encoding IndexEncoding => _isNewName ? Encoding.RleDictionary : Encoding.PlainDictionary;

    internal ColumnChunkMetadata Int32(ReadOnlySpan<int> values, ChunkRows rows) =>
        FixedWidth(values, scratch.Int32Dictionary, ValueEncoding.OfIntegers, rows, null);

    internal ColumnChunkMetadata Int64(ReadOnlySpan<long> values, ChunkRows rows) =>
        FixedWidth(values, scratch.Int64Dictionary, ValueEncoding.OfIntegers, rows, null);

    /// <summary>Doubles are told apart by their bits, so -0.0 and every NaN come back as they went in.</summary>
    internal ColumnChunkMetadata Double(ReadOnlySpan<double> values, ChunkRows rows) => FixedWidth(
        MemoryMarshal.Cast<double, long>(values),
        scratch.Int64Dictionary,
        ValueEncoding.OfDoubles,
        rows,
        FixedWidthStatistics.OfDoubles(values, rows.Count - values.Length));

    internal ColumnChunkMetadata Utf8(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, ChunkRows rows)
    {
        Begin();
        var count = offsets.Length - 1;
        var indexes = scratch.Indexes(count);
        var dictionary = scratch.Utf8Dictionary;
        var hasDictionary = options.DictionaryBytes > 0 && count > 0 && dictionary.TryEncode(bytes, offsets, indexes, options.DictionaryBytes);
        var statistics = hasDictionary ? dictionary.Statistics(rows.Count - count) : Utf8Statistics.Of(bytes, offsets, rows.Count - count);
        var encoding = hasDictionary ? IndexEncoding : Encoding.Plain;
        if (options.Encodings == ParquetEncodings.Compact && count > 0)
        {
            var trial = hasDictionary ? TryIndexes(indexes, dictionary.Page, dictionary.Count) : NewTrial();
            var sample = offsets[..(Math.Min(count, EncodingTrial.SampleSize) + 1)];
            encoding = Smallest(trial, hasDictionary, bytes, sample);
        }

        if (encoding == IndexEncoding)
        {
            DictionaryPage(dictionary.Page, dictionary.Count);
            IndexPages(indexes, dictionary.Count, rows);
        }
        else
        {
            Utf8Pages(encoding, bytes, offsets, rows);
        }

        return End(rows.Count, encoding, statistics);
    }

    /// <summary>Writes bytes that are no page: the magic number and the footer.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes) => _pages.Raw(bytes);

    /// <param name="values">Integers, or other values' bits.</param>
    /// <param name="dictionary">The dictionary to try.</param>
    /// <param name="encodings">What else is tried where the options allow it.</param>
    /// <param name="rows">The rows they make up.</param>
    /// <param name="statistics">Null for integers: their bounds are found among the dictionary's entries where there is one.</param>
    private ColumnChunkMetadata FixedWidth<T>(
        ReadOnlySpan<T> values,
        FixedWidthDictionary<T> dictionary,
        ReadOnlySpan<Encoding> encodings,
        ChunkRows rows,
        ColumnStatistics? statistics)
        where T : unmanaged, IBinaryInteger<T>
    {
        Begin();
        var indexes = scratch.Indexes(values.Length);
        var hasDictionary = options.DictionaryBytes > 0 && !values.IsEmpty && dictionary.TryEncode(values, indexes, options.DictionaryBytes);
        statistics ??= FixedWidthStatistics.Of(hasDictionary ? dictionary.Entries : values, rows.Count - values.Length);
        var encoding = hasDictionary ? IndexEncoding : Encoding.Plain;
        if (options.Encodings == ParquetEncodings.Compact && !values.IsEmpty)
        {
            var trial = hasDictionary ? TryIndexes(indexes, MemoryMarshal.AsBytes(dictionary.Entries), dictionary.Count) : NewTrial();
            var sample = values[..Math.Min(values.Length, EncodingTrial.SampleSize)];
            encoding = Smallest(trial, hasDictionary, sample, encodings);
        }

        if (encoding == IndexEncoding)
        {
            DictionaryPage(MemoryMarshal.AsBytes(dictionary.Entries), dictionary.Count);
            IndexPages(indexes, dictionary.Count, rows);
        }
        else
        {
            FixedWidthPages(encoding, values, rows);
        }

        return End(rows.Count, encoding, statistics);
    }

    private void FixedWidthPages<T>(Encoding encoding, ReadOnlySpan<T> values, ChunkRows rows)
        where T : unmanaged, IBinaryInteger<T>
    {
        var cutter = new PageCutter(rows.Levels, [], 8 * Marshal.SizeOf<T>(), options.PageBytes);
        for (var (row, value) = (0, 0); row < rows.Count;)
        {
            var page = cutter.Next(row, value, rows.Count - row, values.Length - value);
            _pages.BeginData(rows, row, page.Rows);
            ValueEncoding.FixedWidth(encoding, values.Slice(value, page.Values), scratch.Page);
            _pages.EndData(page.Rows, page.Values, encoding);
            row += page.Rows;
            value += page.Values;
        }
    }

    private void Utf8Pages(Encoding encoding, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, ChunkRows rows)
    {
        var cutter = new PageCutter(rows.Levels, offsets, 0, options.PageBytes);
        for (var (row, value) = (0, 0); row < rows.Count;)
        {
            var page = cutter.Next(row, value, rows.Count - row, offsets.Length - 1 - value);
            _pages.BeginData(rows, row, page.Rows);
            ValueEncoding.Utf8(encoding, bytes, offsets.Slice(value, page.Values + 1), scratch.Lengths, scratch.Page);
            _pages.EndData(page.Rows, page.Values, encoding);
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
            _pages.BeginData(rows, row, page.Rows);
            scratch.Page.WriteByte((byte)width);
            HybridEncoder.EncodeIndexes(indexes.Slice(value, page.Values), width, scratch.Page);
            _pages.EndData(page.Rows, page.Values, IndexEncoding);
            row += page.Rows;
            value += page.Values;
        }
    }

    private void DictionaryPage(ReadOnlySpan<byte> entries, int count)
    {
        _pages.DictionaryPage(entries, count, _isNewName ? Encoding.Plain : Encoding.PlainDictionary);
        _dataPageOffset = Position;
    }

    private void Begin()
    {
        if (_isWriting)
        {
            throw new InvalidOperationException("An earlier write to this file failed part of the way; start the file anew.");
        }

        _isWriting = true;
        _pages.Begin();
        if (Position == 0)
        {
            Raw(ParquetFile.Magic);
        }

        _start = _dataPageOffset = Position;
    }

    private ColumnChunkMetadata End(int rows, Encoding encoding, ColumnStatistics statistics)
    {
        _pages.Flush();
        _isWriting = false;
        return new ColumnChunkMetadata
        {
            Codec = options.Codec,
            Encoding = encoding,
            Values = rows,
            UncompressedBytes = _pages.UncompressedBytes,
            CompressedBytes = Position - _start,
            DataPageOffset = _dataPageOffset,
            DictionaryPageOffset = encoding == IndexEncoding ? _start : null,
            DataPageType = options.PageVersion == ParquetPageVersion.V2 ? PageType.DataV2 : PageType.Data,
            DataPages = _pages.DataPages,
            Statistics = statistics,
        };
    }
}
