namespace AirportOps.Parquet.Meta;

/// <summary>Type codes of Thrift's compact protocol (apache/thrift, doc/specs/thrift-compact-protocol.md).</summary>
internal enum ThriftType : byte
{
    Stop = 0,

    /// <summary>A true field; in lists the element type of booleans.</summary>
    True = 1,
    False = 2,
    Int8 = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
    Uuid = 13,
}
