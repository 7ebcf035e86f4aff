namespace AirportOps.Parquet;

/// <summary>Bounds of a <see cref="ParquetReader"/>.</summary>
public sealed record ParquetReaderOptions
{
    /// <summary>
    /// Bytes that one column chunk may take, in the file or decoded; larger ones are rejected, for a few corrupt bytes can announce any
    /// size. At least 1, 1 GiB by default.
    /// </summary>
    public int MaxChunkBytes { get; init; } = 1 << 30;
}
