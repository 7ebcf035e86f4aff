namespace AirportOps.Parquet.Meta;

/// <summary>
/// Writes structs in Thrift's compact protocol (apache/thrift, doc/specs/thrift-compact-protocol.md): a field is a byte of identifier
/// delta and type, integers are zigzag varints. Fields go in ascending order of identifier, at most 15 apart.
/// </summary>
internal sealed class ThriftCompactWriter(PooledBuffer output)
{
    private int _lastField;

    internal void Bool(int field, bool value) => Header(field, value ? ThriftType.True : ThriftType.False);

    internal void Int16(int field, short value)
    {
        Header(field, ThriftType.Int16);
        ZigZag(value);
    }

    internal void Int32(int field, int value)
    {
        Header(field, ThriftType.Int32);
        ZigZag(value);
    }

    internal void Int64(int field, long value)
    {
        Header(field, ThriftType.Int64);
        ZigZag(value);
    }

    internal void Binary(int field, ReadOnlySpan<byte> value)
    {
        Header(field, ThriftType.Binary);
        BinaryElement(value);
    }

    internal void Text(int field, string value)
    {
        Header(field, ThriftType.Binary);
        TextElement(value);
    }

    /// <summary>Opens a struct field; what it returns goes to <see cref="EndStruct"/>.</summary>
    internal int BeginStruct(int field)
    {
        Header(field, ThriftType.Struct);
        return BeginElement();
    }

    /// <summary>Opens a struct in a list, or the outermost one.</summary>
    internal int BeginElement()
    {
        var outer = _lastField;
        _lastField = 0;
        return outer;
    }

    internal void EndStruct(int outer)
    {
        output.WriteByte((byte)ThriftType.Stop);
        _lastField = outer;
    }

    internal void EmptyStruct(int field) => EndStruct(BeginStruct(field));

    /// <summary>Opens a list field; its elements follow.</summary>
    internal void List(int field, ThriftType element, int count)
    {
        Header(field, ThriftType.List);
        if (count < 15)
        {
            output.WriteByte((byte)((count << 4) | (int)element));
            return;
        }

        output.WriteByte((byte)(0xF0 | (int)element));
        output.WriteVarint((ulong)count);
    }

    internal void Int32Element(int value) => ZigZag(value);

    internal void TextElement(string value)
    {
        var size = System.Text.Encoding.UTF8.GetByteCount(value);
        output.WriteVarint((ulong)size);
        System.Text.Encoding.UTF8.GetBytes(value, output.Reserve(size));
        output.Advance(size);
    }

    private void BinaryElement(ReadOnlySpan<byte> value)
    {
        output.WriteVarint((ulong)value.Length);
        output.Write(value);
    }

    private void Header(int field, ThriftType type)
    {
        output.WriteByte((byte)(((field - _lastField) << 4) | (int)type));
        _lastField = field;
    }

    private void ZigZag(long value) => output.WriteVarint((ulong)((value << 1) ^ (value >> 63)));
}
