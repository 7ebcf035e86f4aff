namespace AirportOps.Cleaning.Columns;

/// <summary>
/// One column of a <see cref="RowSet"/>: a definition level for each row and the values of the rows that have one, nulls left out.
/// Spans stay valid until rows are added or the set is cleared. Not thread-safe.
/// </summary>
public abstract class Column
{
    private byte[] _levels = [];
    private int _rows;

    private protected Column(SchemaColumn schema) => Schema = schema;

    /// <summary>Name, type and whether every row has a value.</summary>
    public SchemaColumn Schema { get; }

    /// <summary>One byte a row, 1 where the row has a value and 0 where it is null; empty in a required column.</summary>
    public ReadOnlySpan<byte> Levels => _levels.AsSpan(0, _rows);

    /// <summary>How many rows have a value.</summary>
    public abstract int ValueCount { get; }

    internal void AddNull() => AddLevel(0);

    internal virtual void Clear() => _rows = 0;

    /// <summary>Takes rows out; the others keep their order.</summary>
    /// <param name="rows">Their indexes, ascending.</param>
    internal void Remove(ReadOnlySpan<int> rows)
    {
        if (Schema.IsRequired)
        {
            RemoveValues(rows);
            return;
        }

        const int mostOnStack = 256;
        var values = rows.Length <= mostOnStack ? stackalloc int[rows.Length] : new int[rows.Length];
        var (count, value, from) = (0, 0, 0);
        foreach (var row in rows)
        {
            value += _levels.AsSpan(from, row - from).Count((byte)1);
            from = row;
            if (_levels[row] == 1)
            {
                values[count++] = value;
            }
        }

        _rows = CloseGaps(_levels, _rows, rows);
        RemoveValues(values[..count]);
    }

    /// <summary>Takes values out, nulls not counted.</summary>
    /// <param name="values">Their indexes, ascending.</param>
    private protected abstract void RemoveValues(ReadOnlySpan<int> values);

    /// <summary>Moves together what stays.</summary>
    /// <returns>How many stay.</returns>
    private protected static int CloseGaps<T>(T[] items, int count, ReadOnlySpan<int> removed)
    {
        if (removed.IsEmpty)
        {
            return count;
        }

        var to = removed[0];
        for (var i = 0; i < removed.Length; i++)
        {
            var start = removed[i] + 1;
            var length = (i + 1 < removed.Length ? removed[i + 1] : count) - start;
            items.AsSpan(start, length).CopyTo(items.AsSpan(to));
            to += length;
        }

        return to;
    }

    private protected void AddPresent()
    {
        if (!Schema.IsRequired)
        {
            AddLevel(1);
        }
    }

    private protected static void Grow<T>(ref T[] array, int needed) =>
        Array.Resize(ref array, (int)Math.Min(Math.Max(Math.Max(64L, 2L * array.Length), needed), Array.MaxLength));

    private void AddLevel(byte level)
    {
        if (_rows == _levels.Length)
        {
            Grow(ref _levels, _rows + 1);
        }

        _levels[_rows++] = level;
    }
}
