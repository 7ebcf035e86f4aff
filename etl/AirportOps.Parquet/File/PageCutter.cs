namespace AirportOps.Parquet;

/// <summary>Decides which rows go into a page: as many as fill it, in steps of whole groups of eight so that levels pack evenly.</summary>
/// <param name="levels">Definition levels, one a row; empty when no row is null.</param>
/// <param name="offsets">Offsets of strings; empty for values of fixed width.</param>
/// <param name="valueBits">Bits of a value of fixed width.</param>
/// <param name="pageBytes">Size of the values after which a page is full.</param>
internal readonly ref struct PageCutter(ReadOnlySpan<byte> levels, ReadOnlySpan<int> offsets, int valueBits, int pageBytes)
{
    /// <summary>Strings may be long, so fewer of them are added between two looks at the size.</summary>
    private const int StringStep = 8;
    private const int FixedStep = 64;

    private readonly ReadOnlySpan<byte> _levels = levels;
    private readonly ReadOnlySpan<int> _offsets = offsets;

    /// <summary>Rows and values (nulls left out) of the page that begins at this row and value.</summary>
    internal (int Rows, int Values) Next(int row, int value, int rowsLeft, int valuesLeft)
    {
        if (Size(value, valuesLeft) <= pageBytes)
        {
            return (rowsLeft, valuesLeft);
        }

        var step = _offsets.IsEmpty ? FixedStep : StringStep;
        var (rows, values) = (0, 0);
        while (rows < rowsLeft)
        {
            var more = Math.Min(step, rowsLeft - rows);
            var present = _levels.IsEmpty ? more : _levels.Slice(row + rows, more).Count((byte)1);
            if (rows > 0 && Size(value, values + present) > pageBytes)
            {
                break;
            }

            rows += more;
            values += present;
        }

        return (rows, values);
    }

    private long Size(int value, int count) => _offsets.IsEmpty
        ? (long)count * valueBits / 8
        : (long)_offsets[value + count] - _offsets[value] + ((long)count * sizeof(int));
}
