using System.Globalization;

namespace AirportOps.Parquet.Meta;

/// <summary>Reads <c>FileMetaData</c> of parquet.thrift and rejects what the profile does not have.</summary>
internal static partial class FooterReader
{
    /// <param name="footer">The structure.</param>
    /// <param name="fileOffset">Where it begins in the file; column chunks end before.</param>
    internal static FileMetadata Read(ReadOnlySpan<byte> footer, long fileOffset)
    {
        var thrift = new ThriftCompactReader(footer, fileOffset);
        ParquetSchema? schema = null;
        IReadOnlyList<RowGroupMetadata>? groups = null;
        long rows = -1;
        var field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 2:
                    schema = ReadSchema(ref thrift, type);
                    break;
                case 3:
                    rows = thrift.Int64(type);
                    break;
                case 4:
                    groups = ReadRowGroups(ref thrift, type, schema ?? throw thrift.Wrong("row groups", "the schema before them"), fileOffset);
                    break;
                case 8:
                    throw thrift.Wrong("encryption", "a plain file");
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        if (schema is null || groups is null || groups.Sum(group => group.Rows) != rows)
        {
            throw thrift.Wrong($"a footer of {rows.ToString(CultureInfo.InvariantCulture)} rows", "a schema and row groups that make up its rows");
        }

        return new FileMetadata(schema, rows, groups);
    }

    private static ParquetSchema ReadSchema(scoped ref ThriftCompactReader thrift, ThriftType listType)
    {
        var at = thrift.Offset;
        var count = thrift.List(listType, ThriftType.Struct);
        var columns = new List<ParquetColumn>(count);
        for (var i = 0; i < count; i++)
        {
            var elementAt = thrift.Offset;
            var element = ReadElement(ref thrift);
            if (i == 0 && element.Children == count - 1)
            {
                continue;
            }

            columns.Add(i > 0 && element.ToColumn() is { } column
                ? column
                : throw new ParquetFormatException(elementAt, element.ToString(), "a flat schema of this library's column types"));
        }

        try
        {
            return new ParquetSchema(columns);
        }
        catch (ArgumentException e)
        {
            throw new ParquetFormatException(at, "an unusable schema", "columns with different names", e);
        }
    }

    private static SchemaElement ReadElement(scoped ref ThriftCompactReader thrift)
    {
        var element = default(SchemaElement);
        var field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    element = element with { Type = (PhysicalType)thrift.Int32(type) };
                    break;
                case 3:
                    element = element with { Repetition = (Repetition)thrift.Int32(type) };
                    break;
                case 4:
                    element = element with { Name = thrift.Text(type) };
                    break;
                case 5:
                    element = element with { Children = thrift.Int32(type) };
                    break;
                case 6:
                    element = element with { Converted = (ConvertedType)thrift.Int32(type) };
                    break;
                default:
                    // The logical type says no more than the converted type, which a file of the profile always has beside it.
                    thrift.Skip(type);
                    break;
            }
        }

        return element;
    }

    private readonly record struct SchemaElement(PhysicalType? Type, Repetition? Repetition, string? Name, int? Children, ConvertedType? Converted)
    {
        internal ParquetColumn? ToColumn()
        {
            ParquetType? type = (Type, Converted) switch
            {
                (PhysicalType.ByteArray, ConvertedType.Utf8) => ParquetType.Utf8,
                (PhysicalType.Int32, null or ConvertedType.Int32) => ParquetType.Int32,
                (PhysicalType.Int32, ConvertedType.Date) => ParquetType.Date,
                (PhysicalType.Int64, null or ConvertedType.Int64) => ParquetType.Int64,
                (PhysicalType.Int64, ConvertedType.TimestampMicros) => ParquetType.TimestampMicros,
                (PhysicalType.Double, null) => ParquetType.Double,
                _ => null,
            };
            return type is { } known && Name is not null && Children is null or 0 && Repetition is Meta.Repetition.Required or Meta.Repetition.Optional
                ? new ParquetColumn(Name, known, Repetition == Meta.Repetition.Optional)
                : null;
        }
    }
}
