namespace AirportOps.Parquet;

/// <summary>
/// Takes the columns of one row group in schema order, each with all its rows, and writes each at once. Complete after the last column.
/// Values leave nulls out. Definition levels are one byte a row, 1 where the row has a value and 0 where it is null; none at all mean
/// that no row is null, which for required columns is always so. Nothing of the spans is kept. Not thread-safe.
/// </summary>
public sealed class RowGroupWriter
{
    private readonly ParquetWriter _writer;
    private readonly int _rows;
    private int _next;

    internal RowGroupWriter(ParquetWriter writer, int rows)
    {
        _writer = writer;
        _rows = rows;
    }

    internal bool IsComplete => _next == _writer.Schema.Columns.Count;

    internal string Position => IsComplete ? "complete" : $"at column '{_writer.Schema.Columns[_next].Name}'";

    /// <summary>Writes a column of <see cref="ParquetType.Int32"/> or <see cref="ParquetType.Date"/>.</summary>
    /// <exception cref="InvalidOperationException">The next column of the schema is of another type, or there is none.</exception>
    /// <exception cref="ArgumentException">Values and levels do not make up the rows of the group.</exception>
    public void WriteInt32(ReadOnlySpan<int> values, ReadOnlySpan<byte> definitionLevels)
    {
        var column = Next(ParquetType.Int32, ParquetType.Date);
        var levels = Check(column, values.Length, definitionLevels);
        Add(_rows == 0 ? null : _writer.Chunks.Int32(values, new ChunkRows(levels, _rows, column.IsOptional)));
    }

    /// <summary>Writes a column of <see cref="ParquetType.Int64"/> or <see cref="ParquetType.TimestampMicros"/>.</summary>
    /// <inheritdoc cref="WriteInt32" path="/exception"/>
    public void WriteInt64(ReadOnlySpan<long> values, ReadOnlySpan<byte> definitionLevels)
    {
        var column = Next(ParquetType.Int64, ParquetType.TimestampMicros);
        var levels = Check(column, values.Length, definitionLevels);
        Add(_rows == 0 ? null : _writer.Chunks.Int64(values, new ChunkRows(levels, _rows, column.IsOptional)));
    }

    /// <summary>Writes a column of <see cref="ParquetType.Double"/>.</summary>
    /// <inheritdoc cref="WriteInt32" path="/exception"/>
    public void WriteDouble(ReadOnlySpan<double> values, ReadOnlySpan<byte> definitionLevels)
    {
        var column = Next(ParquetType.Double, ParquetType.Double);
        var levels = Check(column, values.Length, definitionLevels);
        Add(_rows == 0 ? null : _writer.Chunks.Double(values, new ChunkRows(levels, _rows, column.IsOptional)));
    }

    /// <summary>
    /// Writes a column of <see cref="ParquetType.Utf8"/>: value i is <c>bytes[offsets[i]..offsets[i + 1]]</c>, so there is one offset more
    /// than values. The bytes are taken for well-formed UTF-8, unchecked.
    /// </summary>
    /// <inheritdoc cref="WriteInt32" path="/exception"/>
    public void WriteUtf8(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, ReadOnlySpan<byte> definitionLevels)
    {
        var column = Next(ParquetType.Utf8, ParquetType.Utf8);
        CheckOffsets(column, bytes.Length, offsets);
        var levels = Check(column, offsets.Length - 1, definitionLevels);
        Add(_rows == 0 ? null : _writer.Chunks.Utf8(bytes, offsets, new ChunkRows(levels, _rows, column.IsOptional)));
    }

    private static void CheckOffsets(ParquetColumn column, int byteCount, ReadOnlySpan<int> offsets)
    {
        if (offsets.IsEmpty)
        {
            throw new ArgumentException($"Column '{column.Name}': no offsets, expected one more than values.", nameof(offsets));
        }

        // Or-ed sign bits instead of a branch a value.
        var signs = offsets[0] | (byteCount - offsets[^1]);
        for (var i = 1; i < offsets.Length; i++)
        {
            signs |= offsets[i] - offsets[i - 1];
        }

        if (signs < 0)
        {
            throw new ArgumentException($"Column '{column.Name}': offsets descend or leave the {byteCount} bytes given.", nameof(offsets));
        }
    }

    private ParquetColumn Next(ParquetType type, ParquetType sameBytes)
    {
        _writer.CheckCurrent(this);
        if (IsComplete)
        {
            throw new InvalidOperationException($"The row group has its {_next} columns already.");
        }

        var column = _writer.Schema.Columns[_next];
        return column.Type == type || column.Type == sameBytes
            ? column
            : throw new InvalidOperationException($"The next column is '{column.Name}' of type {column.Type}, not of {type}.");
    }

    /// <summary>The levels, left out where no row is null.</summary>
    private ReadOnlySpan<byte> Check(ParquetColumn column, int values, ReadOnlySpan<byte> levels)
    {
        if (levels.IsEmpty)
        {
            return values == _rows ? levels : throw Uneven(column, $"{values} values without levels");
        }

        if (!column.IsOptional)
        {
            throw new ArgumentException($"Column '{column.Name}' is required and takes no definition levels.", nameof(levels));
        }

        if (levels.Length != _rows || levels.ContainsAnyExceptInRange((byte)0, (byte)1) || levels.Count((byte)1) != values)
        {
            throw Uneven(column, $"{values} values and {levels.Length} levels, {levels.Count((byte)1)} of them 1");
        }

        return values == _rows ? [] : levels;
    }

    private ArgumentException Uneven(ParquetColumn column, string found) =>
        new($"Column '{column.Name}': {found}, expected {_rows} rows: a level of 0 or 1 each, and a value for each 1.");

    private void Add(Meta.ColumnChunkMetadata? chunk)
    {
        _next++;
        if (chunk is not null)
        {
            _writer.Add(chunk, _rows);
        }
    }
}
