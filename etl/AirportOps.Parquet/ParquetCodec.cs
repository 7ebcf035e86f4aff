namespace AirportOps.Parquet;

/// <summary>Compression of pages, by the format's code (parquet.thrift, <c>CompressionCodec</c>).</summary>
public enum ParquetCodec
{
    /// <summary>Pages as they are encoded.</summary>
    None = 0,

    /// <summary>Snappy's block format, without its framing.</summary>
    Snappy = 1,
}
