namespace AirportOps.Parquet;

/// <summary>What writer and reader share of the file's frame (apache/parquet-format, README.md, "File format").</summary>
internal static class ParquetFile
{
    /// <summary>Rows a row group may have; keeps what a reader must hold for one column bounded.</summary>
    internal const int MaxRowGroupRows = 1 << 24;

    /// <summary>Footer length and magic number.</summary>
    internal const int TailBytes = 8;

    internal static ReadOnlySpan<byte> Magic => "PAR1"u8;
}
