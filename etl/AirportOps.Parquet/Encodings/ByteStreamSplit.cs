namespace AirportOps.Parquet.Encodings;

/// <summary>
/// BYTE_STREAM_SPLIT (Encodings.md, "Byte Stream Split"): the first bytes of all values, then their second bytes, and so on. No smaller by
/// itself, but signs, exponents and first digits come to lie together, which compresses better.
/// </summary>
internal static class ByteStreamSplit
{
    /// <summary>Splits values of <paramref name="width"/> bytes, lying one after another.</summary>
    internal static void Encode(ReadOnlySpan<byte> values, int width, Span<byte> target) => Transpose(values, target, values.Length / width, width);

    /// <summary>Puts the values together again.</summary>
    internal static void Decode(ReadOnlySpan<byte> streams, int width, Span<byte> target) => Transpose(streams, target, width, streams.Length / width);

    /// <summary>Turns rows into columns.</summary>
    private static void Transpose(ReadOnlySpan<byte> source, Span<byte> target, int rows, int columns)
    {
        source = source[..(rows * columns)];
        for (var row = 0; row < rows; row++)
        {
            var to = row;
            foreach (var value in source.Slice(row * columns, columns))
            {
                target[to] = value;
                to += rows;
            }
        }
    }
}
