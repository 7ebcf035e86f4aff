using System.Buffers;
using AirportOps.Cleaning.Columns;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Batch;

/// <summary>Gathers a column over many row sets until it is written as part of a row group.</summary>
internal abstract class ColumnBuffer
{
    private readonly bool _isRequired;
    private readonly Segments<byte> _levels;

    private protected ColumnBuffer(SchemaColumn schema, BlockPool pool)
    {
        _isRequired = schema.IsRequired;
        _levels = new Segments<byte>(pool);
    }

    /// <summary>Bytes held.</summary>
    internal long Bytes => _levels.Bytes + ValueBytes;

    private protected abstract long ValueBytes { get; }

    /// <summary>A buffer for a column of a type.</summary>
    internal static ColumnBuffer For(SchemaColumn schema, BlockPool pool) => schema.Type switch
    {
        ColumnType.Utf8 => new Utf8ColumnBuffer(schema, pool),
        ColumnType.Instant => new FixedColumnBuffer<long>(
            schema, pool, column => ((Int64Column)column).Values, (group, values, levels) => group.WriteInt64(values, levels)),
        ColumnType.Double => new FixedColumnBuffer<double>(
            schema, pool, column => ((DoubleColumn)column).Values, (group, values, levels) => group.WriteDouble(values, levels)),
        _ => new FixedColumnBuffer<int>(
            schema, pool, column => ((Int32Column)column).Values, (group, values, levels) => group.WriteInt32(values, levels)),
    };

    /// <summary>Takes all rows of a column.</summary>
    internal void Append(Column column)
    {
        if (!_isRequired)
        {
            _levels.Append(column.Levels);
        }

        AppendValues(column);
    }

    /// <summary>Writes everything gathered as the next column of a row group, and empties the buffer.</summary>
    internal void WriteTo(RowGroupWriter group)
    {
        var levels = _levels.TakeAll(out var count);
        WriteValues(group, levels.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(levels);
    }

    private protected abstract void AppendValues(Column column);

    private protected abstract void WriteValues(RowGroupWriter group, ReadOnlySpan<byte> levels);
}
