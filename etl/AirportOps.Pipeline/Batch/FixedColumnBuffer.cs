using System.Buffers;
using AirportOps.Cleaning.Columns;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Batch;

/// <summary>A column of numbers.</summary>
internal sealed class FixedColumnBuffer<T>(SchemaColumn schema, BlockPool pool, FixedColumnBuffer<T>.Read read, FixedColumnBuffer<T>.Write write)
    : ColumnBuffer(schema, pool)
    where T : unmanaged
{
    private readonly Segments<T> _values = new(pool);

    internal delegate ReadOnlySpan<T> Read(Column column);

    internal delegate void Write(RowGroupWriter group, ReadOnlySpan<T> values, ReadOnlySpan<byte> levels);

    private protected override long ValueBytes => _values.Bytes;

    private protected override void AppendValues(Column column) => _values.Append(read(column));

    private protected override void WriteValues(RowGroupWriter group, ReadOnlySpan<byte> levels)
    {
        var values = _values.TakeAll(out var count);
        write(group, values.AsSpan(0, count), levels);
        ArrayPool<T>.Shared.Return(values);
    }
}
