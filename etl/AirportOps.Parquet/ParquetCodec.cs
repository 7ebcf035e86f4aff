namespace AirportOps.Parquet;

/// <summary>Compression of pages, by the format's code (parquet.thrift, <c>CompressionCodec</c>).</summary>
public enum ParquetCodec
{
    /// <summary>Pages as they are encoded.</summary>
    None = 0,

    /// <summary>Snappy's block format, without its framing.</summary>
    Snappy = 1,

    /// <summary>RFC 1952, at the default level. About as small as Zstandard, with four times its time.</summary>
    Gzip = 2,

    /// <summary>RFC 8878, at level 1. The codec is the machine's own library: see <see cref="ParquetCodecs.IsAvailable"/>.</summary>
    Zstandard = 6,
}
