using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AirportOps.Parquet.Encodings;
using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet;

/// <summary>Gathers the pages of a column chunk into one column.</summary>
/// <param name="column">The column.</param>
/// <param name="rows">Rows that the footer announces.</param>
/// <param name="values">Of these, not null.</param>
/// <param name="likelyBytes">Bytes of the values if they are plain; no more than the chunk's bytes can decompress to.</param>
/// <param name="maxBytes">Bytes that the column may take.</param>
internal sealed partial class ColumnBuilder(ParquetColumn column, int rows, int values, long likelyBytes, int maxBytes)
{
    private readonly int _width = column.Type.Physical().Width();
    private byte[] _levels = [];
    private byte[] _bytes = [];
    private int[] _offsets = [];
    private int _rows;
    private int _values;
    private int _byteCount;

    /// <summary>Adds the rows of a data page.</summary>
    /// <param name="levels">In v2 the definition levels; in v1 they are the body's beginning where the column is optional.</param>
    /// <param name="body">The values, decompressed.</param>
    /// <param name="header">The page's header.</param>
    /// <param name="dictionary">What indexes lead to.</param>
    /// <param name="fileOffset">Of the page, for messages.</param>
    internal void AddPage(ReadOnlySpan<byte> levels, ReadOnlySpan<byte> body, PageHeader header, DecodedDictionary dictionary, long fileOffset)
    {
        if (header.Values > rows - _rows)
        {
            throw new ParquetFormatException(fileOffset, $"a page of {header.Values} rows", $"at most the {rows - _rows} left of the row group");
        }

        if (header.Type == PageType.Data && column.IsOptional)
        {
            levels = TakeLevels(ref body, fileOffset);
        }

        var present = column.IsOptional ? AddLevels(levels, header.Values, fileOffset) : header.Values;
        if (header.Type == PageType.DataV2 && present != header.Values - header.Nulls)
        {
            throw new ParquetFormatException(fileOffset, $"a page with {header.Values - present} nulls in its levels", $"{header.Nulls} as its header says");
        }

        if (present > values - _values)
        {
            throw new ParquetFormatException(fileOffset, $"a page of {present} values", $"at most {values - _values}, as the null count says");
        }

        switch (header.Encoding)
        {
            case Encoding.Plain when _width > 0:
                AddPlain(body, present, fileOffset);
                break;
            case Encoding.Plain:
                AddPlainUtf8(body, present, fileOffset);
                break;
            case Encoding.PlainDictionary or Encoding.RleDictionary:
                AddIndexed(body, present, dictionary, fileOffset);
                break;
            default:
                AddCompact(header.Encoding, body, present, fileOffset);
                break;
        }

        _rows += header.Values;
        _values += present;
    }

    internal ParquetColumnData Finish(long fileOffset)
    {
        if (_rows != rows || _values != values)
        {
            throw new ParquetFormatException(fileOffset, $"a column chunk of {_rows} rows, {_values} values", $"{rows} rows, {values} values");
        }

        Array array = column.Type.Physical() switch
        {
            PhysicalType.Int32 => Copy<int>(),
            PhysicalType.Int64 => Copy<long>(),
            PhysicalType.Double => Copy<double>(),
            _ => _bytes,
        };
        EnsureOffsets(0);
        return new ParquetColumnData(column, rows, values, _levels, array, _offsets);
    }

    private static ParquetFormatException Malformed(long fileOffset, string expected) => new(fileOffset, "a malformed data page", expected);

    private T[] Copy<T>()
        where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(_values);
        _bytes.AsSpan(0, _byteCount).CopyTo(MemoryMarshal.AsBytes(array.AsSpan()));
        return array;
    }

    /// <summary>The levels of a data page v1: a four-byte length and as many bytes.</summary>
    private static ReadOnlySpan<byte> TakeLevels(scoped ref ReadOnlySpan<byte> body, long fileOffset)
    {
        if (body.Length < sizeof(int) || BinaryPrimitives.ReadUInt32LittleEndian(body) is var length && length > (uint)(body.Length - sizeof(int)))
        {
            throw Malformed(fileOffset, "definition levels within it");
        }

        var levels = body.Slice(sizeof(int), (int)length);
        body = body[(sizeof(int) + (int)length)..];
        return levels;
    }

    private int AddLevels(ReadOnlySpan<byte> levels, int count, long fileOffset)
    {
        Array.Resize(ref _levels, rows);
        var target = _levels.AsSpan(_rows, count);
        if (!new HybridDecoder(levels, 1).TryDecodeLevels(target))
        {
            throw Malformed(fileOffset, $"{count} definition levels");
        }

        return target.Count((byte)1);
    }

    private void AddPlain(ReadOnlySpan<byte> body, int count, long fileOffset)
    {
        if (body.Length != (long)count * _width)
        {
            throw Malformed(fileOffset, $"{count} values of {_width} bytes");
        }

        body.CopyTo(Append(body.Length, fileOffset));
    }

    private void AddPlainUtf8(ReadOnlySpan<byte> body, int count, long fileOffset)
    {
        if (body.Length < (long)count * sizeof(int))
        {
            throw Malformed(fileOffset, $"{count} strings");
        }

        EnsureOffsets(count);
        var target = Append(body.Length - (count * sizeof(int)), fileOffset);
        var end = _byteCount - target.Length;
        for (var i = 0; i < count; i++)
        {
            if (body.Length < sizeof(int) || BinaryPrimitives.ReadUInt32LittleEndian(body) is var length && length > (uint)(body.Length - sizeof(int))
                || length > (uint)target.Length)
            {
                throw Malformed(fileOffset, $"{count} strings");
            }

            body.Slice(sizeof(int), (int)length).CopyTo(target);
            target = target[(int)length..];
            body = body[(sizeof(int) + (int)length)..];
            end += (int)length;
            _offsets[_values + i + 1] = end;
        }

        if (!body.IsEmpty)
        {
            throw Malformed(fileOffset, $"{count} strings and nothing after them");
        }
    }

    private void AddIndexed(ReadOnlySpan<byte> body, int count, DecodedDictionary dictionary, long fileOffset)
    {
        if (count == 0)
        {
            return;
        }

        if (body.IsEmpty || body[0] > BitPacking.MaxWidth)
        {
            throw Malformed(fileOffset, $"an index width of 0 to {BitPacking.MaxWidth} bits");
        }

        var rented = ArrayPool<int>.Shared.Rent(count);
        try
        {
            var indexes = rented.AsSpan(0, count);
            if (!new HybridDecoder(body[1..], body[0]).TryDecode(indexes))
            {
                throw Malformed(fileOffset, $"{count} dictionary indexes");
            }

            if (dictionary.Count == 0 || indexes.ContainsAnyExceptInRange(0, dictionary.Count - 1))
            {
                throw Malformed(fileOffset, $"indexes into the dictionary's {dictionary.Count} entries");
            }

            if (_width > 0)
            {
                LookUp(indexes, dictionary, fileOffset);
            }
            else
            {
                LookUpUtf8(indexes, dictionary, fileOffset);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private void LookUp(ReadOnlySpan<int> indexes, DecodedDictionary dictionary, long fileOffset)
    {
        var target = Append((long)indexes.Length * _width, fileOffset);
        if (_width == sizeof(int))
        {
            LookUp<int>(indexes, dictionary.Page, target);
        }
        else
        {
            LookUp<long>(indexes, dictionary.Page, target);
        }
    }

    private static void LookUp<T>(ReadOnlySpan<int> indexes, ReadOnlySpan<byte> page, Span<byte> target)
        where T : unmanaged
    {
        var entries = MemoryMarshal.Cast<byte, T>(page);
        var found = MemoryMarshal.Cast<byte, T>(target);
        for (var i = 0; i < indexes.Length; i++)
        {
            found[i] = entries[indexes[i]];
        }
    }

    private void LookUpUtf8(ReadOnlySpan<int> indexes, DecodedDictionary dictionary, long fileOffset)
    {
        long size = 0;
        foreach (var index in indexes)
        {
            size += dictionary.Starts[index + 1] - dictionary.Starts[index] - sizeof(int);
        }

        EnsureOffsets(indexes.Length);
        var end = _byteCount;
        var target = Append(size, fileOffset);
        for (var i = 0; i < indexes.Length; i++)
        {
            var entry = dictionary.Utf8(indexes[i]);
            entry.CopyTo(target);
            target = target[entry.Length..];
            end += entry.Length;
            _offsets[_values + i + 1] = end;
        }
    }

    /// <summary>Room for so many bytes after those there are; at the limit the chunk is rejected.</summary>
    private Span<byte> Append(long count, long fileOffset)
    {
        var needed = _byteCount + count;
        if (needed > maxBytes)
        {
            throw new ParquetFormatException(fileOffset, $"a column chunk of over {needed} bytes", $"at most {maxBytes}");
        }

        if (needed > _bytes.Length)
        {
            var larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(maxBytes, Math.Max(needed, Math.Max(likelyBytes, 2L * _bytes.Length))));
            _bytes.AsSpan(0, _byteCount).CopyTo(larger);
            _bytes = larger;
        }

        var target = _bytes.AsSpan(_byteCount, (int)count);
        _byteCount = (int)needed;
        return target;
    }

    private void EnsureOffsets(int more)
    {
        if (_width == 0 && _offsets.Length < _values + more + 1)
        {
            Array.Resize(ref _offsets, Math.Min(values + 1, Math.Max(_values + more + 1, 2 * _offsets.Length)));
        }
    }
}
