using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet;

/// <summary>
/// Writes one Parquet file front to back: the stream is only written to, never sought in, so it may be an upload. Each column is
/// encoded and written when it is handed over; held are only the footer's entries (some hundred bytes a column chunk) and the
/// scratch. The same rows, options and library version give the same bytes. Not thread-safe.
/// </summary>
public sealed class ParquetWriter : IDisposable
{
    private readonly ParquetWriterScratch _scratch;
    private readonly bool _ownsScratch;
    private readonly List<RowGroupMetadata> _rowGroups = [];
    private RowGroupWriter? _current;
    private List<ColumnChunkMetadata> _chunks = [];
    private long _rows;
    private bool _isFinished;

    /// <summary>Opens a file; nothing is written before the first column.</summary>
    /// <param name="output">Taken from its current position on; stays the caller's to flush and dispose.</param>
    /// <param name="schema">The file's columns.</param>
    /// <param name="options">Layout of pages.</param>
    /// <param name="scratch">
    /// Working memory to share with other writers of the same thread; the caller disposes it. Without one the writer rents its own until disposed.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="NotSupportedException">The codec's library is missing on this machine.</exception>
    public ParquetWriter(Stream output, ParquetSchema schema, ParquetWriterOptions options, ParquetWriterScratch? scratch = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(options);
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Values are written as they lie in memory, so the machine has to be little-endian.");
        }

        options.Validate();
        Schema = schema;
        _ownsScratch = scratch is null;
        _scratch = scratch ?? new ParquetWriterScratch();
        Chunks = new ColumnChunkWriter(output, options, _scratch);
    }

    /// <summary>Most rows a row group may have.</summary>
    public static int MaxRowGroupRows => ParquetFile.MaxRowGroupRows;

    /// <summary>The file's columns.</summary>
    public ParquetSchema Schema { get; }

    /// <summary>Bytes handed to the stream so far.</summary>
    public long BytesWritten => Chunks.Position;

    internal ColumnChunkWriter Chunks { get; }

    /// <summary>Starts the next row group. One of no rows takes its columns as any other and leaves nothing in the file.</summary>
    /// <param name="rows">Rows of every column, 0 to <see cref="MaxRowGroupRows"/>.</param>
    /// <exception cref="InvalidOperationException">The row group before lacks columns, or the file is finished.</exception>
    public RowGroupWriter StartRowGroup(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MaxRowGroupRows);
        CheckBetweenRowGroups();
        return _current = new RowGroupWriter(this, rows);
    }

    /// <summary>Writes the footer, which makes the file readable, and tells what is in it. A file may have no row group.</summary>
    /// <exception cref="InvalidOperationException">The last row group lacks columns, or the file is finished.</exception>
    public ParquetFileSummary Finish()
    {
        CheckBetweenRowGroups();
        _isFinished = true;
        _scratch.Output.Clear();
        if (Chunks.Position == 0)
        {
            _scratch.Output.Write(ParquetFile.Magic);
        }

        var file = new FileMetadata(Schema, _rows, _rowGroups);
        FooterWriter.Write(file, _scratch.Output);
        Chunks.Raw(_scratch.Output.Written);
        return ParquetFileSummary.Of(file, Chunks.Position);
    }

    /// <summary>Gives back rented memory. A file that was not finished stays unreadable.</summary>
    public void Dispose()
    {
        _isFinished = true;
        if (_ownsScratch)
        {
            _scratch.Dispose();
        }
    }

    internal void Add(ColumnChunkMetadata chunk, int rows)
    {
        _chunks.Add(chunk);
        if (_chunks.Count == Schema.Columns.Count)
        {
            _rowGroups.Add(new RowGroupMetadata(rows, _chunks));
            _rows += rows;
            _chunks = [];
        }
    }

    internal void CheckCurrent(RowGroupWriter rowGroup)
    {
        if (_isFinished || rowGroup != _current)
        {
            throw new InvalidOperationException("This row group is no longer the one being written.");
        }
    }

    private void CheckBetweenRowGroups()
    {
        if (_isFinished)
        {
            throw new InvalidOperationException("The file is finished or its writer disposed.");
        }

        if (_current is { IsComplete: false })
        {
            throw new InvalidOperationException($"Row group {_rowGroups.Count} is {_current.Position} and takes the rest of its columns first.");
        }
    }
}
