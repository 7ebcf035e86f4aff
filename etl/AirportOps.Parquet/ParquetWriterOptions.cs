namespace AirportOps.Parquet;

/// <summary>How a <see cref="ParquetWriter"/> lays out its pages. Row groups are cut by the caller.</summary>
public sealed record ParquetWriterOptions
{
    /// <summary>
    /// Uncompressed bytes of a data page before it is closed; 1 KiB to 256 MiB, 1 MiB by default. A page holds at least eight rows, so long
    /// strings can pass it. Working memory is about twice this.
    /// </summary>
    public int PageBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of a dictionary page above which the column chunk is written plain; 0 writes no dictionary, 1 MiB by default.</summary>
    public int DictionaryBytes { get; init; } = 1 << 20;

    /// <summary>Compression of pages; Snappy by default.</summary>
    public ParquetCodec Codec { get; init; } = ParquetCodec.Snappy;

    internal void Validate()
    {
        if (PageBytes is < 1 << 10 or > 1 << 28 || DictionaryBytes is < 0 or > 1 << 28 || !Enum.IsDefined(Codec))
        {
            throw new ArgumentException($"{this}: page bytes are 1024 to 268435456, dictionary bytes 0 to 268435456, the codec a defined one.");
        }
    }
}
