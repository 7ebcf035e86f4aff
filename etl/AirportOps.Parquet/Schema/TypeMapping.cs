using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet;

/// <summary>How the profile's types stand in the format (LogicalTypes.md; parquet.thrift, <c>Type</c> and <c>ConvertedType</c>).</summary>
internal static class TypeMapping
{
    internal static PhysicalType Physical(this ParquetType type) => type switch
    {
        ParquetType.Utf8 => PhysicalType.ByteArray,
        ParquetType.Int32 or ParquetType.Date => PhysicalType.Int32,
        ParquetType.Int64 or ParquetType.TimestampMicros => PhysicalType.Int64,
        _ => PhysicalType.Double,
    };

    internal static ConvertedType? Converted(this ParquetType type) => type switch
    {
        ParquetType.Utf8 => ConvertedType.Utf8,
        ParquetType.Date => ConvertedType.Date,
        ParquetType.TimestampMicros => ConvertedType.TimestampMicros,
        _ => null,
    };

    /// <summary>Bytes of a PLAIN value; 0 for strings.</summary>
    internal static int Width(this PhysicalType type) => type switch
    {
        PhysicalType.Int32 => sizeof(int),
        PhysicalType.Int64 or PhysicalType.Double => sizeof(long),
        _ => 0,
    };
}
