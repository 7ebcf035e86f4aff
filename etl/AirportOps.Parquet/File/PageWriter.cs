using System.Runtime.InteropServices;
using AirportOps.Parquet.Compression;
using AirportOps.Parquet.Encodings;
using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet;

/// <summary>Frames pages: levels before the values, compression, checksum, header. A data page is begun, given its values, and ended.</summary>
internal sealed class PageWriter(Stream output, ParquetWriterOptions options, ParquetWriterScratch scratch)
{
    /// <summary>Small pages are gathered up to this before the stream is called.</summary>
    private const int OutputBytes = 64 << 10;

    private readonly bool _isV2 = options.PageVersion == ParquetPageVersion.V2;
    private int _levelBytes;

    /// <summary>File offset of the next byte.</summary>
    internal long Position { get; private set; }

    /// <summary>Bytes of all pages and headers since the last <see cref="Begin"/>, before compression.</summary>
    internal long UncompressedBytes { get; private set; }

    /// <summary>Data pages since then.</summary>
    internal int DataPages { get; private set; }

    /// <summary>Starts a column chunk.</summary>
    internal void Begin()
    {
        UncompressedBytes = 0;
        DataPages = 0;
        scratch.Output.Clear();
    }

    /// <summary>Writes bytes that are no page: the magic number and the footer.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        Position += bytes.Length;
    }

    internal void DictionaryPage(ReadOnlySpan<byte> entries, int count, Encoding encoding) =>
        Page(new PageHeader(PageType.Dictionary, entries.Length, 0, count, encoding), [], entries);

    /// <summary>Puts the levels of these rows, if any, into the scratch's page; the values go behind them.</summary>
    internal void BeginData(ChunkRows rows, int first, int count)
    {
        var page = scratch.Page;
        page.Clear();
        _levelBytes = 0;
        if (!rows.IsOptional)
        {
            return;
        }

        var lengthBytes = _isV2 ? 0 : sizeof(int);
        page.Reserve(lengthBytes);
        page.Advance(lengthBytes);
        if (rows.Levels.IsEmpty)
        {
            HybridEncoder.EncodePresent(count, page);
        }
        else
        {
            HybridEncoder.EncodeLevels(rows.Levels.Slice(first, count), page);
        }

        _levelBytes = page.Length;
        if (!_isV2)
        {
            var length = page.Length - lengthBytes;
            MemoryMarshal.Write(page.At(0, lengthBytes), in length);
        }
    }

    internal void EndData(int rows, int values, Encoding encoding)
    {
        var body = scratch.Page.Written;
        var header = new PageHeader(_isV2 ? PageType.DataV2 : PageType.Data, body.Length, 0, rows, encoding);
        if (_isV2)
        {
            Page(header with { Nulls = rows - values, LevelBytes = _levelBytes }, body[.._levelBytes], body[_levelBytes..]);
        }
        else
        {
            Page(header, [], body);
        }

        DataPages++;
    }

    /// <summary>Hands what is gathered to the stream.</summary>
    internal void Flush()
    {
        if (scratch.Output.Length > 0)
        {
            output.Write(scratch.Output.Written);
            scratch.Output.Clear();
        }
    }

    private void Page(PageHeader header, ReadOnlySpan<byte> levels, ReadOnlySpan<byte> body)
    {
        var compressed = body.IsEmpty ? body : PageCompression.Compress(options.Codec, body, scratch);
        if (header.Type == PageType.DataV2 && compressed.Length >= body.Length)
        {
            compressed = body;
            header = header with { IsCompressed = false };
        }

        header = header with
        {
            CompressedBytes = levels.Length + compressed.Length,
            Checksum = options.Checksums ? PageChecksum.Of(compressed, PageChecksum.Of(levels)) : null,
        };
        var pending = scratch.Output.Length;
        header.Write(scratch.Output);
        var headerBytes = scratch.Output.Length - pending;
        UncompressedBytes += headerBytes + header.UncompressedBytes;
        Position += headerBytes + header.CompressedBytes;
        Append(levels);
        Append(compressed);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (scratch.Output.Length + (long)bytes.Length > OutputBytes)
        {
            Flush();
            output.Write(bytes);
        }
        else
        {
            scratch.Output.Write(bytes);
        }
    }
}
