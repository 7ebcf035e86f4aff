using System.Globalization;
using AirportOps.Parquet.Statistics;

namespace AirportOps.Parquet.Meta;

internal static partial class FooterReader
{
    private static RowGroupMetadata[] ReadRowGroups(scoped ref ThriftCompactReader thrift, ThriftType listType, ParquetSchema schema, long dataEnd)
    {
        var groups = new RowGroupMetadata[thrift.List(listType, ThriftType.Struct)];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = ReadRowGroup(ref thrift, schema, dataEnd);
        }

        return groups;
    }

    private static RowGroupMetadata ReadRowGroup(scoped ref ThriftCompactReader thrift, ParquetSchema schema, long dataEnd)
    {
        var at = thrift.Offset;
        ColumnChunkMetadata[]? chunks = null;
        long rows = -1;
        var field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    var count = thrift.List(type, ThriftType.Struct);
                    if (count != schema.Columns.Count)
                    {
                        throw thrift.Wrong($"a row group of {count} columns", $"the schema's {schema.Columns.Count}");
                    }

                    chunks = new ColumnChunkMetadata[count];
                    for (var i = 0; i < count; i++)
                    {
                        chunks[i] = ReadChunk(ref thrift, schema.Columns[i], dataEnd);
                    }

                    break;
                case 3:
                    rows = thrift.Int64(type);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return chunks is not null && rows is >= 0 and <= ParquetFile.MaxRowGroupRows && Array.TrueForAll(chunks, chunk => chunk.Values == rows)
            ? new RowGroupMetadata(rows, chunks)
            : throw new ParquetFormatException(
                at,
                string.Create(CultureInfo.InvariantCulture, $"a row group of {rows} rows"),
                string.Create(CultureInfo.InvariantCulture, $"column chunks of 0 to {ParquetFile.MaxRowGroupRows} rows, as many in each"));
    }

    private static ColumnChunkMetadata ReadChunk(scoped ref ThriftCompactReader thrift, ParquetColumn column, long dataEnd)
    {
        var at = thrift.Offset;
        ColumnChunkMetadata? chunk = null;
        var field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    throw thrift.Wrong("a column in another file", "columns in this file");
                case 3:
                    thrift.Struct(type);
                    chunk = ReadChunkMetadata(ref thrift, column);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return chunk is { CompressedBytes: >= 0 } && chunk.Start >= ParquetFile.Magic.Length && chunk.Start <= dataEnd - chunk.CompressedBytes
            ? chunk
            : throw new ParquetFormatException(
                at,
                string.Create(CultureInfo.InvariantCulture, $"a column chunk of {chunk?.CompressedBytes} bytes at {chunk?.Start}"),
                string.Create(CultureInfo.InvariantCulture, $"one between the magic number and the footer at {dataEnd}"));
    }

    private static ColumnChunkMetadata ReadChunkMetadata(scoped ref ThriftCompactReader thrift, ParquetColumn column)
    {
        var at = thrift.Offset;
        var (physical, codec) = (-1, -1);
        long? dictionary = null;
        long values = -1, uncompressed = -1, compressed = -1, data = -1;
        var isNamed = false;
        ColumnStatistics? statistics = null;
        var field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 1:
                    physical = thrift.Int32(type);
                    break;
                case 3:
                    isNamed = thrift.List(type, ThriftType.Binary) == 1 && thrift.Text(ThriftType.Binary) == column.Name;
                    if (!isNamed)
                    {
                        throw thrift.Wrong("a column chunk of another path", $"column '{column.Name}'");
                    }

                    break;
                case 4:
                    codec = thrift.Int32(type);
                    break;
                case 5:
                    values = thrift.Int64(type);
                    break;
                case 6:
                    uncompressed = thrift.Int64(type);
                    break;
                case 7:
                    compressed = thrift.Int64(type);
                    break;
                case 9:
                    data = thrift.Int64(type);
                    break;
                case 11:
                    dictionary = thrift.Int64(type);
                    break;
                case 12:
                    thrift.Struct(type);
                    statistics = ReadStatistics(ref thrift, column);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        if (physical != (int)column.Type.Physical() || !Enum.IsDefined((ParquetCodec)codec) || !isNamed)
        {
            throw new ParquetFormatException(at, $"a column chunk of type {physical} and codec {codec}", $"{column} and one of the codecs {string.Join(", ", Enum.GetNames<ParquetCodec>())}");
        }

        if (statistics is null || statistics.NullCount < 0 || statistics.NullCount > (column.IsOptional ? values : 0))
        {
            throw new ParquetFormatException(at, $"a column chunk with null count {statistics?.NullCount ?? -1}", $"0 to its {values} rows, 0 when required");
        }

        return new ColumnChunkMetadata
        {
            Codec = (ParquetCodec)codec,
            Values = values,
            UncompressedBytes = uncompressed,
            CompressedBytes = compressed,
            DataPageOffset = data,
            DictionaryPageOffset = dictionary,
            Statistics = statistics,
        };
    }

    private static ColumnStatistics ReadStatistics(scoped ref ThriftCompactReader thrift, ParquetColumn column)
    {
        byte[]? min = null, max = null;
        bool isMinExact = false, isMaxExact = false;
        long nulls = -1;
        long? nans = null;
        var field = 0;
        while (thrift.NextField(ref field, out var type))
        {
            switch (field)
            {
                case 3:
                    nulls = thrift.Int64(type);
                    break;
                case 5:
                    max = ReadBound(ref thrift, type, column);
                    break;
                case 6:
                    min = ReadBound(ref thrift, type, column);
                    break;
                case 7:
                    isMaxExact = thrift.Bool(type);
                    break;
                case 8:
                    isMinExact = thrift.Bool(type);
                    break;
                case 9:
                    nans = thrift.Int64(type);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return new ColumnStatistics { NullCount = nulls, NaNCount = nans, Min = min, Max = max, IsMinExact = isMinExact, IsMaxExact = isMaxExact };
    }

    private static byte[] ReadBound(scoped ref ThriftCompactReader thrift, ThriftType type, ParquetColumn column)
    {
        var bound = thrift.Binary(type).ToArray();
        var width = column.Type.Physical().Width();
        return width == 0 || bound.Length == width ? bound : throw thrift.Wrong($"a bound of {bound.Length} bytes", $"{width} for {column}");
    }
}
