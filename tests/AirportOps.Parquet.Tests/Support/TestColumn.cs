using System.Text;

namespace AirportOps.Parquet.Tests.Support;

/// <summary>A column as plainly as can be: one object or null a row. The oracle that files are compared with.</summary>
internal sealed record TestColumn(string Name, ParquetType Type, object?[] Rows, bool IsOptional = true)
{
    internal ParquetColumn Column => new(Name, Type, IsOptional);

    internal byte[] Levels => Rows.Contains(null) ? [.. Rows.Select(row => (byte)(row is null ? 0 : 1))] : [];

    internal TestColumn Slice(Range range) => this with { Rows = Rows[range] };

    internal void WriteTo(RowGroupWriter group)
    {
        switch (Type)
        {
            case ParquetType.Int32 or ParquetType.Date:
                group.WriteInt32(Present<int>(), Levels);
                break;
            case ParquetType.Int64 or ParquetType.TimestampMicros:
                group.WriteInt64(Present<long>(), Levels);
                break;
            case ParquetType.Double:
                group.WriteDouble(Present<double>(), Levels);
                break;
            default:
                var strings = Present<string>().Select(Encoding.UTF8.GetBytes).ToArray();
                var offsets = new int[strings.Length + 1];
                for (var i = 0; i < strings.Length; i++)
                {
                    offsets[i + 1] = offsets[i] + strings[i].Length;
                }

                group.WriteUtf8(strings.SelectMany(bytes => bytes).ToArray(), offsets, Levels);
                break;
        }
    }

    internal static object?[] Read(ParquetColumnData data)
    {
        var rows = new object?[data.Rows];
        var value = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            if (data.DefinitionLevels.IsEmpty || data.DefinitionLevels[row] == 1)
            {
                rows[row] = Value(data, value++);
            }
        }

        Assert.Equal(data.ValueCount, value);
        return rows;
    }

    private static object Value(ParquetColumnData data, int index) => data.Column.Type switch
    {
        ParquetType.Int32 or ParquetType.Date => data.Int32Values[index],
        ParquetType.Int64 or ParquetType.TimestampMicros => data.Int64Values[index],
        ParquetType.Double => data.DoubleValues[index],
        _ => Encoding.UTF8.GetString(data.Utf8Value(index)),
    };

    private T[] Present<T>() => [.. Rows.OfType<T>()];
}
