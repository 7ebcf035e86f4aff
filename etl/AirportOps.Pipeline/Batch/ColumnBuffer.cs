using System.Buffers;
using AirportOps.Cleaning.Columns;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Batch;

/// <summary>Gathers a column over many row sets until it is written as part of a row group. Memory is rented; <see cref="Release"/> gives it back.</summary>
internal abstract class ColumnBuffer
{
    private readonly bool _isRequired;
    private byte[] _levels = [];
    private int _levelCount;

    private protected ColumnBuffer(SchemaColumn schema) => _isRequired = schema.IsRequired;

    /// <summary>Bytes held.</summary>
    internal long Bytes => _levelCount + ValueBytes;

    /// <summary>One byte a row, 1 for a value and 0 for null; empty where the column is required.</summary>
    private protected ReadOnlySpan<byte> Levels => _levels.AsSpan(0, _levelCount);

    private protected abstract long ValueBytes { get; }

    /// <summary>A buffer for a column of a type.</summary>
    internal static ColumnBuffer For(SchemaColumn schema) => schema.Type switch
    {
        ColumnType.Utf8 => new Utf8ColumnBuffer(schema),
        ColumnType.Instant => new FixedColumnBuffer<long>(
            schema, column => ((Int64Column)column).Values, (group, values, levels) => group.WriteInt64(values, levels)),
        ColumnType.Double => new FixedColumnBuffer<double>(
            schema, column => ((DoubleColumn)column).Values, (group, values, levels) => group.WriteDouble(values, levels)),
        _ => new FixedColumnBuffer<int>(
            schema, column => ((Int32Column)column).Values, (group, values, levels) => group.WriteInt32(values, levels)),
    };

    /// <summary>Takes all rows of a column.</summary>
    internal void Append(Column column)
    {
        if (!_isRequired)
        {
            column.Levels.CopyTo(Extend(ref _levels, ref _levelCount, column.Levels.Length));
        }

        AppendValues(column);
    }

    /// <summary>Writes everything gathered as the next column of a row group.</summary>
    internal abstract void WriteTo(RowGroupWriter group);

    /// <summary>Empties the buffer and gives its memory back.</summary>
    internal virtual void Release() => Return(ref _levels, ref _levelCount);

    private protected abstract void AppendValues(Column column);

    /// <summary>Makes room at the end, for the caller to fill.</summary>
    private protected static Span<T> Extend<T>(ref T[] items, ref int count, int more)
    {
        var end = checked(count + more);
        if (end > items.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(end);
            items.AsSpan(0, count).CopyTo(larger);
            if (items.Length > 0)
            {
                ArrayPool<T>.Shared.Return(items);
            }

            items = larger;
        }

        var room = items.AsSpan(count, more);
        count = end;
        return room;
    }

    private protected static void Return<T>(ref T[] items, ref int count)
    {
        if (items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(items);
        }

        (items, count) = ([], 0);
    }
}
