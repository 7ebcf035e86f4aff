using System.Runtime.InteropServices;
using AirportOps.Parquet.Statistics;

namespace AirportOps.Parquet.Meta;

/// <summary>Writes the footer: <c>FileMetaData</c> of parquet.thrift, its length and the magic number. Field numbers are that file's.</summary>
internal static class FooterWriter
{
    /// <summary>The form parquet.thrift asks for; readers that work around writers' bugs parse it. A constant: files do not change with the build.</summary>
    private const string CreatedBy = "AirportOps version 0.1.0";

    internal static void Write(FileMetadata file, PooledBuffer output)
    {
        var start = output.Length;
        var thrift = new ThriftCompactWriter(output);
        var outer = thrift.BeginElement();
        thrift.Int32(1, 1);
        Schema(thrift, file.Schema);
        thrift.Int64(3, file.Rows);
        thrift.List(4, ThriftType.Struct, file.RowGroups.Count);
        for (var i = 0; i < file.RowGroups.Count; i++)
        {
            RowGroup(thrift, file.Schema, file.RowGroups[i], i);
        }

        thrift.Text(6, CreatedBy);
        thrift.List(7, ThriftType.Struct, file.Schema.Columns.Count);
        for (var i = 0; i < file.Schema.Columns.Count; i++)
        {
            // ColumnOrder, a union: TYPE_ORDER.
            var order = thrift.BeginElement();
            thrift.EmptyStruct(1);
            thrift.EndStruct(order);
        }

        thrift.EndStruct(outer);
        var length = output.Length - start;
        MemoryMarshal.Write(output.Reserve(sizeof(int)), in length);
        output.Advance(sizeof(int));
        output.Write(ParquetFile.Magic);
    }

    private static void Schema(ThriftCompactWriter thrift, ParquetSchema schema)
    {
        thrift.List(2, ThriftType.Struct, schema.Columns.Count + 1);
        var root = thrift.BeginElement();
        thrift.Text(4, "schema");
        thrift.Int32(5, schema.Columns.Count);
        thrift.EndStruct(root);
        foreach (var column in schema.Span)
        {
            var element = thrift.BeginElement();
            thrift.Int32(1, (int)column.Type.Physical());
            thrift.Int32(3, (int)(column.IsOptional ? Repetition.Optional : Repetition.Required));
            thrift.Text(4, column.Name);
            if (column.Type.Converted() is { } converted)
            {
                thrift.Int32(6, (int)converted);
                Annotation(thrift, column.Type);
            }

            thrift.EndStruct(element);
        }
    }

    private static void Annotation(ThriftCompactWriter thrift, ParquetType type)
    {
        var union = thrift.BeginStruct(10);
        switch (type)
        {
            case ParquetType.Utf8:
                thrift.EmptyStruct((int)LogicalType.String);
                break;
            case ParquetType.Date:
                thrift.EmptyStruct((int)LogicalType.Date);
                break;
            default:
                var timestamp = thrift.BeginStruct((int)LogicalType.Timestamp);
                thrift.Bool(1, true);
                var unit = thrift.BeginStruct(2);
                thrift.EmptyStruct(2);
                thrift.EndStruct(unit);
                thrift.EndStruct(timestamp);
                break;
        }

        thrift.EndStruct(union);
    }

    private static void RowGroup(ThriftCompactWriter thrift, ParquetSchema schema, RowGroupMetadata group, int index)
    {
        var outer = thrift.BeginElement();
        thrift.List(1, ThriftType.Struct, group.Chunks.Count);
        long uncompressed = 0;
        long compressed = 0;
        for (var i = 0; i < group.Chunks.Count; i++)
        {
            Chunk(thrift, schema.Columns[i], group.Chunks[i]);
            uncompressed += group.Chunks[i].UncompressedBytes;
            compressed += group.Chunks[i].CompressedBytes;
        }

        thrift.Int64(2, uncompressed);
        thrift.Int64(3, group.Rows);
        thrift.Int64(5, group.Chunks[0].Start);
        thrift.Int64(6, compressed);
        if (index <= short.MaxValue)
        {
            thrift.Int16(7, (short)index);
        }

        thrift.EndStruct(outer);
    }

    private static void Chunk(ThriftCompactWriter thrift, ParquetColumn column, ColumnChunkMetadata chunk)
    {
        var isDictionary = chunk.DictionaryPageOffset is not null;
        var isNewName = chunk.Encoding == Encoding.RleDictionary;
        var outer = thrift.BeginElement();

        // Deprecated and required: 0, as no metadata stands outside the footer.
        thrift.Int64(2, 0);
        var meta = thrift.BeginStruct(3);
        thrift.Int32(1, (int)column.Type.Physical());
        thrift.List(2, ThriftType.Int32, isNewName ? 3 : 2);
        thrift.Int32Element((int)chunk.Encoding);
        thrift.Int32Element((int)Encoding.Rle);
        if (isNewName)
        {
            thrift.Int32Element((int)Encoding.Plain);
        }

        thrift.List(3, ThriftType.Binary, 1);
        thrift.TextElement(column.Name);
        thrift.Int32(4, (int)chunk.Codec);
        thrift.Int64(5, chunk.Values);
        thrift.Int64(6, chunk.UncompressedBytes);
        thrift.Int64(7, chunk.CompressedBytes);
        thrift.Int64(9, chunk.DataPageOffset);
        if (chunk.DictionaryPageOffset is { } dictionaryPageOffset)
        {
            thrift.Int64(11, dictionaryPageOffset);
        }

        Statistics(thrift, column.Type, chunk.Statistics);
        thrift.List(13, ThriftType.Struct, isDictionary ? 2 : 1);
        if (isDictionary)
        {
            PageCount(thrift, PageType.Dictionary, isNewName ? Encoding.Plain : chunk.Encoding, 1);
        }

        PageCount(thrift, chunk.DataPageType, chunk.Encoding, chunk.DataPages);
        thrift.EndStruct(meta);
        thrift.EndStruct(outer);
    }

    private static void Statistics(ThriftCompactWriter thrift, ParquetType type, ColumnStatistics statistics)
    {
        var outer = thrift.BeginStruct(12);

        // The deprecated bounds are in signed order whatever the type; numbers and dates have that order, strings have not.
        var isSigned = type != ParquetType.Utf8;
        if (isSigned && statistics.Max is not null)
        {
            thrift.Binary(1, statistics.Max);
        }

        if (isSigned && statistics.Min is not null)
        {
            thrift.Binary(2, statistics.Min);
        }

        thrift.Int64(3, statistics.NullCount);
        if (statistics.Max is not null)
        {
            thrift.Binary(5, statistics.Max);
        }

        if (statistics.Min is not null)
        {
            thrift.Binary(6, statistics.Min);
        }

        if (statistics.Max is not null)
        {
            thrift.Bool(7, statistics.IsMaxExact);
        }

        if (statistics.Min is not null)
        {
            thrift.Bool(8, statistics.IsMinExact);
        }

        if (statistics.NaNCount is { } nans)
        {
            thrift.Int64(9, nans);
        }

        thrift.EndStruct(outer);
    }

    private static void PageCount(ThriftCompactWriter thrift, PageType type, Encoding encoding, int count)
    {
        var outer = thrift.BeginElement();
        thrift.Int32(1, (int)type);
        thrift.Int32(2, (int)encoding);
        thrift.Int32(3, count);
        thrift.EndStruct(outer);
    }
}
