using System.Buffers.Binary;
using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet;

/// <summary>
/// Reads files of the profile this library writes, with every option of <see cref="ParquetWriterOptions"/>, column by column. Whatever
/// the bytes are, the only exception of their making is <see cref="ParquetFormatException"/>; a page whose codec this machine lacks is
/// one too. Not thread-safe.
/// </summary>
public sealed class ParquetReader : IDisposable
{
    private readonly FileSource _source;
    private readonly FileMetadata _file;
    private readonly ColumnChunkReader _chunks;

    /// <summary>Opens a file in memory and reads its footer.</summary>
    /// <exception cref="ParquetFormatException">No Parquet file of the profile.</exception>
    public ParquetReader(ReadOnlyMemory<byte> file, ParquetReaderOptions? options = null)
        : this(new FileSource(file), options)
    {
    }

    /// <summary>Opens a file in a stream that can seek and reads its footer. The stream stays the caller's and is used at every read.</summary>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="ParquetFormatException">No Parquet file of the profile.</exception>
    public ParquetReader(Stream file, ParquetReaderOptions? options = null)
        : this(Source(file), options)
    {
    }

    private ParquetReader(FileSource source, ParquetReaderOptions? options)
    {
        options ??= new ParquetReaderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxChunkBytes, 1);
        _source = source;
        _chunks = new ColumnChunkReader(options.MaxChunkBytes);
        _file = ReadFooter(source, options.MaxChunkBytes);
        Summary = ParquetFileSummary.Of(_file, source.Length);
        RowGroups = [.. _file.RowGroups.Select(group => new ParquetRowGroup((int)group.Rows, ParquetFileSummary.Describe(_file.Schema, [group])))];
    }

    /// <summary>The file's columns.</summary>
    public ParquetSchema Schema => _file.Schema;

    /// <summary>Rows over all row groups.</summary>
    public long RowCount => _file.Rows;

    /// <summary>The row groups in file order.</summary>
    public IReadOnlyList<ParquetRowGroup> RowGroups { get; }

    /// <summary>What the footer says of the file as a whole.</summary>
    public ParquetFileSummary Summary { get; }

    /// <summary>Reads one column of one row group, and no other bytes.</summary>
    /// <param name="rowGroup">Index of the row group.</param>
    /// <param name="column">Index of the column in <see cref="Schema"/>.</param>
    /// <exception cref="ParquetFormatException">The column chunk is corrupt or over <see cref="ParquetReaderOptions.MaxChunkBytes"/>.</exception>
    public ParquetColumnData ReadColumn(int rowGroup, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowGroup);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rowGroup, RowGroups.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Schema.Columns.Count);
        return _chunks.Read(_source, _file.RowGroups[rowGroup].Chunks[column], Schema.Columns[column]);
    }

    /// <summary>Gives back rented memory; the stream stays open.</summary>
    public void Dispose()
    {
        _source.Dispose();
        _chunks.Dispose();
    }

    private static FileSource Source(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.CanSeek ? new FileSource(file) : throw new ArgumentException("A Parquet file is read from its end, so the stream has to seek.", nameof(file));
    }

    private static FileMetadata ReadFooter(FileSource source, int maxBytes)
    {
        var least = ParquetFile.Magic.Length + ParquetFile.TailBytes;
        if (source.Length < least)
        {
            throw new ParquetFormatException(0, $"{source.Length} bytes", $"at least the {least} of magic numbers and footer length");
        }

        if (!source.Read(0, ParquetFile.Magic.Length).SequenceEqual(ParquetFile.Magic))
        {
            throw new ParquetFormatException(0, "other bytes", "the magic number PAR1");
        }

        var tailAt = source.Length - ParquetFile.TailBytes;
        var tail = source.Read(tailAt, ParquetFile.TailBytes);
        if (!tail[sizeof(int)..].SequenceEqual(ParquetFile.Magic))
        {
            throw new ParquetFormatException(tailAt + sizeof(int), "other bytes", "the magic number PAR1");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (length > tailAt - ParquetFile.Magic.Length || length > maxBytes)
        {
            throw new ParquetFormatException(tailAt, $"a footer of {length} bytes", $"at most the {tailAt - ParquetFile.Magic.Length} before it");
        }

        return FooterReader.Read(source.Read(tailAt - length, (int)length), tailAt - length);
    }
}
