using AirportOps.Parquet.Compression;

namespace AirportOps.Parquet;

/// <summary>Which codecs this machine can write and read.</summary>
public static class ParquetCodecs
{
    /// <summary>True for all defined codecs but Zstandard, which needs libzstd: .NET 10 has none of its own.</summary>
    public static bool IsAvailable(ParquetCodec codec) =>
        codec == ParquetCodec.Zstandard ? ZstandardLibrary.Loaded is not null : Enum.IsDefined(codec);
}
