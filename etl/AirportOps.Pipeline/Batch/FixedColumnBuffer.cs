using AirportOps.Cleaning.Columns;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Batch;

/// <summary>A column of numbers.</summary>
internal sealed class FixedColumnBuffer<T> : ColumnBuffer
    where T : unmanaged
{
    private readonly Read _read;
    private readonly Write _write;
    private T[] _values = [];
    private int _count;

    internal FixedColumnBuffer(SchemaColumn schema, Read read, Write write)
        : base(schema) => (_read, _write) = (read, write);

    internal delegate ReadOnlySpan<T> Read(Column column);

    internal delegate void Write(RowGroupWriter group, ReadOnlySpan<T> values, ReadOnlySpan<byte> levels);

    private protected override unsafe long ValueBytes => (long)_count * sizeof(T);

    internal override void WriteTo(RowGroupWriter group) => _write(group, _values.AsSpan(0, _count), Levels);

    internal override void Release()
    {
        base.Release();
        Return(ref _values, ref _count);
    }

    private protected override void AppendValues(Column column)
    {
        var values = _read(column);
        values.CopyTo(Extend(ref _values, ref _count, values.Length));
    }
}
