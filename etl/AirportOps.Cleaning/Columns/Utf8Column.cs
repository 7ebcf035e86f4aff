namespace AirportOps.Cleaning.Columns;

/// <summary>A column of UTF-8 text: the bytes of all values one after another, and where each starts.</summary>
public sealed class Utf8Column : Column
{
    private byte[] _bytes = [];
    private int[] _offsets = [0];
    private int _count;

    internal Utf8Column(SchemaColumn schema, RowSet rows)
        : base(schema, rows)
    {
    }

    /// <summary>The values of the rows that have one, one after another, in the order of the rows.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _offsets[_count]);

    /// <summary>One more than there are values: value <c>i</c> is <c>Bytes[Offsets[i]..Offsets[i + 1]]</c>.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.AsSpan(0, _count + 1);

    /// <inheritdoc/>
    public override int ValueCount => _count;

    internal void Add(ReadOnlySpan<byte> value)
    {
        AddPresent();
        var start = _offsets[_count];
        var end = checked(start + value.Length);
        if (end > _bytes.Length)
        {
            Grow(ref _bytes, end);
        }

        value.CopyTo(_bytes.AsSpan(start));
        if (++_count == _offsets.Length)
        {
            Grow(ref _offsets, _count + 1);
        }

        _offsets[_count] = end;
    }

    internal override void Clear()
    {
        base.Clear();
        _count = 0;
    }

    private protected override void RemoveValues(ReadOnlySpan<int> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var to = values[0];
        var toByte = _offsets[to];
        for (var i = 0; i < values.Length; i++)
        {
            var start = values[i] + 1;
            var end = i + 1 < values.Length ? values[i + 1] : _count;
            var startByte = _offsets[start];
            var length = _offsets[end] - startByte;
            _bytes.AsSpan(startByte, length).CopyTo(_bytes.AsSpan(toByte));
            for (var value = start; value < end; value++)
            {
                _offsets[to++] = _offsets[value] - startByte + toByte;
            }

            toByte += length;
        }

        _offsets[to] = toByte;
        _count = to;
    }
}
