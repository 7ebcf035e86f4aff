namespace AirportOps.Parquet.Meta;

// The codes of parquet.thrift (apache/parquet-format) that the profile uses.

internal enum PhysicalType
{
    Int32 = 1,
    Int64 = 2,
    Double = 5,
    ByteArray = 6,
}

internal enum ConvertedType
{
    Utf8 = 0,
    Date = 6,
    TimestampMicros = 10,
    Int32 = 17,
    Int64 = 18,
}

internal enum Repetition
{
    Required = 0,
    Optional = 1,
}

internal enum Encoding
{
    Plain = 0,

    /// <summary>The name of dictionary encoding in format 1.0, in data and dictionary pages alike.</summary>
    PlainDictionary = 2,
    Rle = 3,
    DeltaBinaryPacked = 5,
    DeltaLengthByteArray = 6,
    DeltaByteArray = 7,

    /// <summary>Its name since 2.0, in data pages; the dictionary page is then <see cref="Plain"/>.</summary>
    RleDictionary = 8,
    ByteStreamSplit = 9,
}

internal enum PageType
{
    Data = 0,
    Dictionary = 2,
    DataV2 = 3,
}

/// <summary>Field identifiers of <c>LogicalType</c>, a union.</summary>
internal enum LogicalType : short
{
    String = 1,
    Date = 6,
    Timestamp = 8,
    Integer = 10,
}
