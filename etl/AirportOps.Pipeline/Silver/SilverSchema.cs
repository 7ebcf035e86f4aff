using AirportOps.Cleaning;
using AirportOps.Cleaning.Columns;
using AirportOps.Parquet;

namespace AirportOps.Pipeline.Silver;

/// <summary>Silver's columns as Parquet has them.</summary>
public static class SilverSchema
{
    private static readonly ParquetSchema[] ByEntity = [.. EntityNames.All.Select(entity => new ParquetSchema(EventSchema.Columns(entity).Select(ToParquet)))];

    /// <summary>The file schema of an entity, in the order of its columns.</summary>
    public static ParquetSchema Of(Entity entity) => ByEntity[(int)entity];

    private static ParquetColumn ToParquet(SchemaColumn column) => new(
        column.Name,
        column.Type switch
        {
            ColumnType.Utf8 => ParquetType.Utf8,
            ColumnType.Int32 => ParquetType.Int32,
            ColumnType.Double => ParquetType.Double,
            ColumnType.Date => ParquetType.Date,
            ColumnType.Instant => ParquetType.TimestampMicros,
            _ => throw new InvalidOperationException($"Column {column.Name} has type {column.Type}, which Silver does not know."),
        },
        !column.IsRequired);
}
