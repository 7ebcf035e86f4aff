using AirportOps.Parquet;

namespace AirportOps.Warehouse.Loading;

/// <summary>Goes through a column's rows and writes each row's value.</summary>
/// <param name="data">The column of one row group; null when the file, being older, has no such column.</param>
internal sealed class ColumnCursor(ParquetColumnData? data)
{
    private int _value;

    /// <summary>Writes the value of a row, which is the next one.</summary>
    internal void Write(int row, BinaryCopyWriter copy)
    {
        if (!MoveTo(row))
        {
            copy.WriteNull();
            return;
        }

        var value = _value - 1;
        switch (data!.Column.Type)
        {
            case ParquetType.Utf8:
                copy.WriteUtf8(data.Utf8Value(value));
                break;
            case ParquetType.TimestampMicros:
                copy.WriteTimestamp(data.Int64Values[value]);
                break;
            case ParquetType.Date:
                copy.WriteDate(data.Int32Values[value]);
                break;
            case ParquetType.Int32:
                copy.WriteInt32(data.Int32Values[value]);
                break;
            case ParquetType.Double:
                copy.WriteDouble(data.DoubleValues[value]);
                break;
            default:
                throw new InvalidOperationException($"Staging has no column of type {data.Column.Type}; {data.Column.Name} is one.");
        }
    }

    /// <summary>Steps over the value of a row, which is the next one.</summary>
    internal void Skip(int row) => MoveTo(row);

    /// <returns>Whether the row has a value.</returns>
    private bool MoveTo(int row)
    {
        if (data is null || (data.ValueCount < data.Rows && data.DefinitionLevels[row] == 0))
        {
            return false;
        }

        _value++;
        return true;
    }
}
