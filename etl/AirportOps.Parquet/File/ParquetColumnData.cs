namespace AirportOps.Parquet;

/// <summary>
/// The values of one column in one row group, shaped as <see cref="RowGroupWriter"/> takes them: nulls left out of the values, one
/// definition level a row. Owned by whoever holds it; the reader keeps nothing of it.
/// </summary>
public sealed class ParquetColumnData
{
    private readonly byte[] _levels;
    private readonly Array _values;
    private readonly int[] _offsets;

    internal ParquetColumnData(ParquetColumn column, int rows, int valueCount, byte[] levels, Array values, int[] offsets)
    {
        Column = column;
        Rows = rows;
        ValueCount = valueCount;
        _levels = levels;
        _values = values;
        _offsets = offsets;
    }

    /// <summary>The column as in the file's schema.</summary>
    public ParquetColumn Column { get; }

    /// <summary>Rows of the row group.</summary>
    public int Rows { get; }

    /// <summary>Rows that are not null.</summary>
    public int ValueCount { get; }

    /// <summary>One byte a row, 1 for a value and 0 for null; empty where no row is null.</summary>
    public ReadOnlySpan<byte> DefinitionLevels => ValueCount == Rows ? [] : _levels.AsSpan(0, Rows);

    /// <summary>Values of <see cref="ParquetType.Int32"/> and <see cref="ParquetType.Date"/>.</summary>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public ReadOnlySpan<int> Int32Values => Values<int>();

    /// <summary>Values of <see cref="ParquetType.Int64"/> and <see cref="ParquetType.TimestampMicros"/>.</summary>
    /// <inheritdoc cref="Int32Values" path="/exception"/>
    public ReadOnlySpan<long> Int64Values => Values<long>();

    /// <summary>Values of <see cref="ParquetType.Double"/>.</summary>
    /// <inheritdoc cref="Int32Values" path="/exception"/>
    public ReadOnlySpan<double> DoubleValues => Values<double>();

    /// <summary>Bytes of all strings, one after another.</summary>
    /// <inheritdoc cref="Int32Values" path="/exception"/>
    public ReadOnlySpan<byte> Utf8Bytes => _values is byte[] bytes ? bytes.AsSpan(0, _offsets[ValueCount]) : throw OtherType();

    /// <summary>String i is <c>Utf8Bytes[Utf8Offsets[i]..Utf8Offsets[i + 1]]</c>: one offset more than values.</summary>
    /// <inheritdoc cref="Int32Values" path="/exception"/>
    public ReadOnlySpan<int> Utf8Offsets => _values is byte[]? _offsets.AsSpan(0, ValueCount + 1) : throw OtherType();

    /// <summary>The string of value <paramref name="index"/>, which counts values, not rows.</summary>
    /// <inheritdoc cref="Int32Values" path="/exception"/>
    public ReadOnlySpan<byte> Utf8Value(int index) => Utf8Bytes[_offsets[index].._offsets[index + 1]];

    private ReadOnlySpan<T> Values<T>() => _values is T[] values ? values.AsSpan(0, ValueCount) : throw OtherType();

    private InvalidOperationException OtherType() => new($"Column '{Column.Name}' has type {Column.Type}; read its own values.");
}
