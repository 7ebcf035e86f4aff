using AirportOps.Cleaning;
using AirportOps.Cleaning.Columns;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Verification;

/// <summary>Goes through the rows of a row group and gives each as a <see cref="CanonicalRow"/>.</summary>
internal sealed class SilverRows
{
    private readonly SchemaColumn[] _schema;

    /// <summary>A column for each of the schema; null where the file, being older, has none.</summary>
    private readonly ParquetColumnData?[] _columns;
    private readonly ParquetColumnData _eventIds;
    private readonly int[] _nextValue;
    private int _row = -1;

    internal SilverRows(ParquetReader file, int rowGroup, Entity entity)
    {
        _schema = [.. CanonicalRow.Columns(entity)];
        _columns = [.. _schema.Select(column => file.Schema.IndexOf(column.Name) is var index and >= 0 ? file.ReadColumn(rowGroup, index) : null)];
        _eventIds = file.ReadColumn(rowGroup, file.Schema.IndexOf("event_id"));
        _nextValue = new int[_columns.Length];
        Rows = file.RowGroups[rowGroup].Rows;
    }

    /// <summary>How many rows there are.</summary>
    internal int Rows { get; }

    /// <summary>The event_id of the row read last.</summary>
    internal ReadOnlySpan<byte> EventId => _eventIds.Utf8Value(_row);

    /// <summary>The source of the row read last; empty where it has none.</summary>
    internal byte[] Source { get; private set; } = [];

    /// <summary>Reads the next row.</summary>
    /// <returns>False after the last one.</returns>
    internal bool Read(CanonicalRow target)
    {
        if (++_row == Rows)
        {
            return false;
        }

        target.Clear();
        Source = [];
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] is { } column && (column.DefinitionLevels.IsEmpty || column.DefinitionLevels[_row] == 1))
            {
                Add(target, _schema[i], column, _nextValue[i]++);
            }
        }

        return true;
    }

    private void Add(CanonicalRow target, SchemaColumn schema, ParquetColumnData column, int index)
    {
        switch (schema.Type)
        {
            case ColumnType.Int32:
                target.AddInteger(schema.Name, column.Int32Values[index]);
                break;
            case ColumnType.Date:
                target.AddDate(schema.Name, column.Int32Values[index]);
                break;
            case ColumnType.Instant:
                target.AddInstant(schema.Name, column.Int64Values[index]);
                break;
            case ColumnType.Double:
                target.AddNumber(schema.Name, column.DoubleValues[index]);
                break;
            case ColumnType.Utf8 when schema.Name == "extras":
                using (var extras = System.Text.Json.JsonDocument.Parse(column.Utf8Value(index).ToArray()))
                {
                    target.AddExtras(schema.Name, extras.RootElement);
                }

                break;
            case ColumnType.Utf8 when schema.Name == "repairs":
                target.Repairs = System.Text.Encoding.UTF8.GetString(column.Utf8Value(index));
                break;
            default:
                target.Add(schema.Name, column.Utf8Value(index));
                Source = schema.Name == "source" ? column.Utf8Value(index).ToArray() : Source;
                break;
        }
    }
}
