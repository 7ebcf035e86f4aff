using System.Globalization;

namespace AirportOps.Parquet.Meta;

/// <summary>
/// Reads Thrift's compact protocol from bytes nobody vouches for: every length is checked against what is left, nesting is bounded,
/// and unknown fields are skipped, as the format's evolution asks for.
/// </summary>
/// <param name="bytes">The structure and possibly more.</param>
/// <param name="fileOffset">Where <paramref name="bytes"/> begin in the file, for messages.</param>
internal ref struct ThriftCompactReader(ReadOnlySpan<byte> bytes, long fileOffset)
{
    /// <summary>Parquet's own structs nest 6 deep; the rest is room for fields of later versions.</summary>
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>Bytes read so far.</summary>
    internal readonly int Position => _position;

    /// <summary>File offset of the next byte.</summary>
    internal readonly long Offset => fileOffset + _position;

    /// <summary>Reads a field's header; false at the struct's end. Booleans are in the type.</summary>
    internal bool NextField(scoped ref int field, out ThriftType type)
    {
        var header = Byte();
        type = (ThriftType)(header & 0x0F);
        if (header == 0)
        {
            return false;
        }

        var delta = header >> 4;
        field = delta != 0 ? field + delta : (int)Math.Clamp(ZigZag(), short.MinValue, short.MaxValue);
        return true;
    }

    internal bool Bool(ThriftType type) => type switch
    {
        ThriftType.True => true,
        ThriftType.False => false,
        _ => throw Wrong($"a field of type {type}", "a boolean"),
    };

    internal int Int32(ThriftType type)
    {
        if (type is not ThriftType.Int32)
        {
            throw Wrong($"a field of type {type}", "a 32-bit integer");
        }

        var at = Offset;
        var value = ZigZag();
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new ParquetFormatException(at, value.ToString(CultureInfo.InvariantCulture), "a 32-bit integer");
    }

    internal long Int64(ThriftType type) => type is ThriftType.Int64 ? ZigZag() : throw Wrong($"a field of type {type}", "a 64-bit integer");

    internal ReadOnlySpan<byte> Binary(ThriftType type)
    {
        if (type is not ThriftType.Binary)
        {
            throw Wrong($"a field of type {type}", "bytes");
        }

        return Take(Varint());
    }

    internal string Text(ThriftType type) => System.Text.Encoding.UTF8.GetString(Binary(type));

    internal readonly void Struct(ThriftType type)
    {
        if (type is not ThriftType.Struct)
        {
            throw Wrong($"a field of type {type}", "a struct");
        }
    }

    /// <summary>Reads a list's header; the count never exceeds the bytes left, so it is safe to allocate by.</summary>
    internal int List(ThriftType type, ThriftType element)
    {
        if (type is not ThriftType.List)
        {
            throw Wrong($"a field of type {type}", "a list");
        }

        var count = ListHeader(out var found);
        return count == 0 || found == element ? count : throw Wrong($"a list of {found}", $"a list of {element}");
    }

    internal void Skip(ThriftType type) => Skip(type, MaxDepth);

    internal readonly ParquetFormatException Wrong(string found, string expected) => new(Offset, found, expected);

    private void Skip(ThriftType type, int depth)
    {
        if (depth == 0)
        {
            throw Wrong($"structs nested over {MaxDepth} deep", "Parquet metadata");
        }

        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Int8:
                Take(1);
                break;
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                Varint();
                break;
            case ThriftType.Double:
                Take(sizeof(double));
                break;
            case ThriftType.Uuid:
                Take(16);
                break;
            case ThriftType.Binary:
                Take(Varint());
                break;
            case ThriftType.List or ThriftType.Set:
                SkipElements(ListHeader(out var element), element, depth);
                break;
            case ThriftType.Map:
                SkipMap(depth);
                break;
            case ThriftType.Struct:
                var field = 0;
                while (NextField(ref field, out var inner))
                {
                    Skip(inner, depth - 1);
                }

                break;
            default:
                throw Wrong($"a field of type {(int)type}", "a type of the compact protocol");
        }
    }

    private void SkipElements(int count, ThriftType element, int depth)
    {
        for (var i = 0; i < count; i++)
        {
            // A boolean takes a byte in a list and none in a field.
            Skip(element is ThriftType.True or ThriftType.False ? ThriftType.Int8 : element, depth - 1);
        }
    }

    private void SkipMap(int depth)
    {
        var count = Count(Varint());
        if (count == 0)
        {
            return;
        }

        var types = Byte();
        for (var i = 0; i < count; i++)
        {
            SkipElements(1, (ThriftType)(types >> 4), depth);
            SkipElements(1, (ThriftType)(types & 0x0F), depth);
        }
    }

    private int ListHeader(out ThriftType element)
    {
        var header = Byte();
        element = (ThriftType)(header & 0x0F);
        return Count((ulong)(header >> 4) == 15 ? Varint() : (ulong)(header >> 4));
    }

    private readonly int Count(ulong count) => count <= (ulong)(_bytes.Length - _position)
        ? (int)count
        : throw Wrong($"{count} elements", $"at most the {_bytes.Length - _position} bytes left");

    private ReadOnlySpan<byte> Take(ulong size)
    {
        if (size > (ulong)(_bytes.Length - _position))
        {
            throw Wrong($"{size} bytes", $"at most the {_bytes.Length - _position} bytes left");
        }

        var taken = _bytes.Slice(_position, (int)size);
        _position += (int)size;
        return taken;
    }

    private byte Byte() => _position < _bytes.Length ? _bytes[_position++] : throw Wrong("the end of the structure", "a byte");

    private long ZigZag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Wrong("a varint of over 10 bytes", "at most 10");
    }
}
