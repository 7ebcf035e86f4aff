namespace AirportOps.Parquet.Meta;

/// <summary>Header of a page: <c>PageHeader</c> of parquet.thrift. Sizes are of the body.</summary>
/// <param name="Type">Data page v1 or dictionary page.</param>
/// <param name="UncompressedBytes">Size of the body once decompressed.</param>
/// <param name="CompressedBytes">Size of the body in the file.</param>
/// <param name="Values">Rows of a data page, nulls included; entries of a dictionary page.</param>
/// <param name="Encoding">Encoding of the values.</param>
internal readonly record struct PageHeader(PageType Type, int UncompressedBytes, int CompressedBytes, int Values, Encoding Encoding)
{
    internal void Write(PooledBuffer output)
    {
        var thrift = new ThriftCompactWriter(output);
        var outer = thrift.BeginElement();
        thrift.Int32(1, (int)Type);
        thrift.Int32(2, UncompressedBytes);
        thrift.Int32(3, CompressedBytes);
        var inner = thrift.BeginStruct(Type == PageType.Data ? 5 : 7);
        thrift.Int32(1, Values);
        thrift.Int32(2, (int)Encoding);
        if (Type == PageType.Data)
        {
            // Definition and repetition levels; of the latter a flat schema has none.
            thrift.Int32(3, (int)Encoding.Rle);
            thrift.Int32(4, (int)Encoding.Rle);
        }

        thrift.EndStruct(inner);
        thrift.EndStruct(outer);
    }

    /// <summary>Reads a header at the beginning of <paramref name="bytes"/>.</summary>
    /// <exception cref="ParquetFormatException">Not a header of a page of the profile.</exception>
    internal static PageHeader Read(ReadOnlySpan<byte> bytes, long fileOffset, out int headerBytes)
    {
        var thrift = new ThriftCompactReader(bytes, fileOffset);
        var (type, uncompressed, compressed) = (-1, -1, -1);
        PageHeader? body = null;
        var field = 0;
        while (thrift.NextField(ref field, out var fieldType))
        {
            switch (field)
            {
                case 1:
                    type = thrift.Int32(fieldType);
                    break;
                case 2:
                    uncompressed = thrift.Int32(fieldType);
                    break;
                case 3:
                    compressed = thrift.Int32(fieldType);
                    break;
                case 5 or 7:
                    thrift.Struct(fieldType);
                    body = ReadBody(ref thrift, field == 5 ? PageType.Data : PageType.Dictionary);
                    break;
                default:
                    thrift.Skip(fieldType);
                    break;
            }
        }

        headerBytes = thrift.Position;
        if (body is not { } header || type != (int)header.Type)
        {
            throw new ParquetFormatException(fileOffset, $"a page of type {type}", "a data page v1 or a dictionary page with its header");
        }

        if (uncompressed < 0 || compressed < 0 || compressed > bytes.Length - headerBytes)
        {
            throw new ParquetFormatException(
                fileOffset,
                $"a page of {compressed} bytes, {uncompressed} uncompressed",
                $"at most the {bytes.Length - headerBytes} bytes left in the column chunk");
        }

        return header with { UncompressedBytes = uncompressed, CompressedBytes = compressed };
    }

    private static PageHeader ReadBody(scoped ref ThriftCompactReader thrift, PageType type)
    {
        var at = thrift.Offset;
        var values = -1;
        var (encoding, definitionLevels) = (-1, (int)Encoding.Rle);
        var field = 0;
        while (thrift.NextField(ref field, out var fieldType))
        {
            switch (field)
            {
                case 1:
                    values = thrift.Int32(fieldType);
                    break;
                case 2:
                    encoding = thrift.Int32(fieldType);
                    break;
                case 3 when type == PageType.Data:
                    definitionLevels = thrift.Int32(fieldType);
                    break;
                default:
                    thrift.Skip(fieldType);
                    break;
            }
        }

        if (values < 0 || definitionLevels != (int)Encoding.Rle || !IsKnown(type, (Encoding)encoding))
        {
            throw new ParquetFormatException(
                at,
                $"{values} values in encoding {encoding}, levels in encoding {definitionLevels}",
                "plain or dictionary encoding and RLE levels");
        }

        return new PageHeader(type, 0, 0, values, (Encoding)encoding);
    }

    private static bool IsKnown(PageType type, Encoding encoding) =>
        encoding is Encoding.Plain or Encoding.PlainDictionary || (type == PageType.Data && encoding is Encoding.RleDictionary);
}
