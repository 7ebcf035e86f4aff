namespace AirportOps.Cleaning.Columns;

/// <summary>A column of 32-bit integers, or dates as days since 1970-01-01.</summary>
public sealed class Int32Column : Column
{
    private int[] _values = [];
    private int _count;

    internal Int32Column(SchemaColumn schema)
        : base(schema)
    {
    }

    /// <summary>The values of the rows that have one, in the order of the rows.</summary>
    public ReadOnlySpan<int> Values => _values.AsSpan(0, _count);

    /// <inheritdoc/>
    public override int ValueCount => _count;

    internal void Add(int value)
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
