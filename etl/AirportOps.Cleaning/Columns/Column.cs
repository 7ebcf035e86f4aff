namespace AirportOps.Cleaning.Columns;

/// <summary>
/// One column of a <see cref="RowSet"/>: a definition level for each row and the values of the rows that have one, nulls left out.
/// Spans stay valid until rows are added or the set is cleared. Not thread-safe.
/// </summary>
/// <remarks>A null costs nothing: levels are 0 until a value is added, and the row set makes room for many rows at once.</remarks>
public abstract class Column
{
    private readonly RowSet _rows;
    private byte[] _levels = [];

    private protected Column(SchemaColumn schema, RowSet rows) => (Schema, _rows) = (schema, rows);

    /// <summary>Name, type and whether every row has a value.</summary>
    public SchemaColumn Schema { get; }

    /// <summary>One byte a row, 1 where the row has a value and 0 where it is null; empty in a required column.</summary>
    public ReadOnlySpan<byte> Levels => Schema.IsRequired ? [] : _levels.AsSpan(0, _rows.Count);

    /// <summary>How many rows have a value.</summary>
    public abstract int ValueCount { get; }

    /// <summary>Makes room for the levels of so many rows.</summary>
    internal void Reserve(int rows)
    {
        if (!Schema.IsRequired)
        {
            Array.Resize(ref _levels, rows);
        }
    }

    /// <summary>Empties the column; called before the row set forgets how many rows it had.</summary>
    internal virtual void Clear() => Array.Clear(_levels, 0, Levels.Length);

    /// <summary>Takes rows out; the others keep their order. Called before the row set counts them off.</summary>
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

        var left = CloseGaps(_levels, _rows.Count, rows);
        Array.Clear(_levels, left, _rows.Count - left);
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
            _levels[_rows.Count] = 1;
        }
    }

    private protected static void Grow<T>(ref T[] array, int needed) =>
        Array.Resize(ref array, (int)Math.Min(Math.Max(Math.Max(64L, 2L * array.Length), needed), Array.MaxLength));
}
