namespace AirportOps.Parquet.Meta;

/// <summary>Header of a page: <c>PageHeader</c> of parquet.thrift. Sizes are of the body, in v2 with its levels.</summary>
/// <param name="Type">Data page v1 or v2, or dictionary page.</param>
/// <param name="UncompressedBytes">Size of the body once decompressed.</param>
/// <param name="CompressedBytes">Size of the body in the file.</param>
/// <param name="Values">Rows of a data page, nulls included; entries of a dictionary page.</param>
/// <param name="Encoding">Encoding of the values.</param>
internal readonly record struct PageHeader(PageType Type, int UncompressedBytes, int CompressedBytes, int Values, Encoding Encoding)
{
    /// <summary>CRC-32 of the body in the file, or null.</summary>
    internal uint? Checksum { get; init; }

    /// <summary>In v2, rows that are null.</summary>
    internal int Nulls { get; init; }

    /// <summary>In v2, bytes of definition levels before the values, never compressed.</summary>
    internal int LevelBytes { get; init; }

    /// <summary>In v2, whether the values are compressed with the chunk's codec.</summary>
    internal bool IsCompressed { get; init; } = true;

    /// <summary>Field of the type's own header.</summary>
    private int Field => Type switch
    {
        PageType.Data => 5,
        PageType.Dictionary => 7,
        _ => 8,
    };

    internal void Write(PooledBuffer output)
    {
        var thrift = new ThriftCompactWriter(output);
        var outer = thrift.BeginElement();
        thrift.Int32(1, (int)Type);
        thrift.Int32(2, UncompressedBytes);
        thrift.Int32(3, CompressedBytes);
        if (Checksum is { } checksum)
        {
            thrift.Int32(4, (int)checksum);
        }

        var inner = thrift.BeginStruct(Field);
        thrift.Int32(1, Values);
        switch (Type)
        {
            case PageType.Dictionary:
                thrift.Int32(2, (int)Encoding);
                break;
            case PageType.Data:
                // Definition and repetition levels; of the latter a flat schema has none.
                thrift.Int32(2, (int)Encoding);
                thrift.Int32(3, (int)Encoding.Rle);
                thrift.Int32(4, (int)Encoding.Rle);
                break;
            default:
                thrift.Int32(2, Nulls);
                thrift.Int32(3, Values);
                thrift.Int32(4, (int)Encoding);
                thrift.Int32(5, LevelBytes);
                thrift.Int32(6, 0);
                thrift.Bool(7, IsCompressed);
                break;
        }

        thrift.EndStruct(inner);
        thrift.EndStruct(outer);
    }

    /// <summary>Reads a header at the beginning of <paramref name="bytes"/>.</summary>
    /// <exception cref="ParquetFormatException">Not a header of a page this library reads.</exception>
    internal static PageHeader Read(ReadOnlySpan<byte> bytes, long fileOffset, out int headerBytes)
    {
        var thrift = new ThriftCompactReader(bytes, fileOffset);
        var (type, uncompressed, compressed) = (-1, -1, -1);
        uint? checksum = null;
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
                case 4:
                    checksum = (uint)thrift.Int32(fieldType);
                    break;
                case 5 or 7:
                    thrift.Struct(fieldType);
                    body = ReadBody(ref thrift, field == 5 ? PageType.Data : PageType.Dictionary);
                    break;
                case 8:
                    thrift.Struct(fieldType);
                    body = ReadBodyV2(ref thrift);
                    break;
                default:
                    thrift.Skip(fieldType);
                    break;
            }
        }

        headerBytes = thrift.Position;
        if (body is not { } header || type != (int)header.Type)
        {
            throw new ParquetFormatException(fileOffset, $"a page of type {type}", "a data page or a dictionary page with its header");
        }

        if (uncompressed < header.LevelBytes || compressed < header.LevelBytes || compressed > bytes.Length - headerBytes)
        {
            throw new ParquetFormatException(
                fileOffset,
                $"a page of {compressed} bytes, {uncompressed} uncompressed",
                $"the page's {header.LevelBytes} bytes of levels to the {bytes.Length - headerBytes} left in the column chunk");
        }

        return header with { UncompressedBytes = uncompressed, CompressedBytes = compressed, Checksum = checksum };
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
                "an encoding of the column types this library reads and RLE levels");
        }

        return new PageHeader(type, 0, 0, values, (Encoding)encoding);
    }

    private static PageHeader ReadBodyV2(scoped ref ThriftCompactReader thrift)
    {
        var at = thrift.Offset;
        var (values, nulls, rows, encoding, levelBytes, repetitionBytes) = (-1, -1, -1, -1, -1, -1);
        var isCompressed = true;
        var field = 0;
        while (thrift.NextField(ref field, out var fieldType))
        {
            switch (field)
            {
                case 1:
                    values = thrift.Int32(fieldType);
                    break;
                case 2:
                    nulls = thrift.Int32(fieldType);
                    break;
                case 3:
                    rows = thrift.Int32(fieldType);
                    break;
                case 4:
                    encoding = thrift.Int32(fieldType);
                    break;
                case 5:
                    levelBytes = thrift.Int32(fieldType);
                    break;
                case 6:
                    repetitionBytes = thrift.Int32(fieldType);
                    break;
                case 7:
                    isCompressed = thrift.Bool(fieldType);
                    break;
                default:
                    thrift.Skip(fieldType);
                    break;
            }
        }

        if (values < 0 || rows != values || nulls < 0 || nulls > values || levelBytes < 0 || repetitionBytes != 0 || !IsKnown(PageType.DataV2, (Encoding)encoding))
        {
            throw new ParquetFormatException(
                at,
                $"{values} values of {rows} rows, {nulls} null, in encoding {encoding}, {levelBytes} bytes of definition and {repetitionBytes} of repetition levels",
                "a value or null a row in an encoding of the column types this library reads, no repetition levels");
        }

        return new PageHeader(PageType.DataV2, 0, 0, values, (Encoding)encoding) { Nulls = nulls, LevelBytes = levelBytes, IsCompressed = isCompressed };
    }

    private static bool IsKnown(PageType type, Encoding encoding) =>
        encoding is Encoding.Plain or Encoding.PlainDictionary || (type != PageType.Dictionary && encoding is >= Encoding.DeltaBinaryPacked and <= Encoding.ByteStreamSplit);
}
