namespace AirportOps.Cleaning.Columns;

/// <summary>A column of values that all take the same number of bytes.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public abstract class FixedColumn<T> : Column
    where T : unmanaged
{
    private T[] _values = [];
    private int _count;

    private protected FixedColumn(SchemaColumn schema, RowSet rows)
        : base(schema, rows)
    {
    }

    /// <summary>The values of the rows that have one, in the order of the rows.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, _count);

    /// <inheritdoc/>
    public override int ValueCount => _count;

    internal void Add(T value)
    {
        AddPresent();
        if (_count == _values.Length)
        {
            Grow(ref _values, _count + 1);
        }

        _values[_count++] = value;
    }

    internal override void Clear()
    {
        base.Clear();
        _count = 0;
    }

    private protected override void RemoveValues(ReadOnlySpan<int> values) => _count = CloseGaps(_values, _count, values);
}
