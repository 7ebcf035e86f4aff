using AirportOps.Parquet.Compression;

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

    /// <summary>Compression of pages; Snappy by default. One that <see cref="ParquetCodecs.IsAvailable"/> denies is refused.</summary>
    public ParquetCodec Codec { get; init; } = ParquetCodec.Snappy;

    /// <summary>Encodings to choose from; <see cref="ParquetEncodings.Basic"/> by default.</summary>
    public ParquetEncodings Encodings { get; init; } = ParquetEncodings.Basic;

    /// <summary>Layout of data pages; <see cref="ParquetPageVersion.V1"/> by default.</summary>
    public ParquetPageVersion PageVersion { get; init; } = ParquetPageVersion.V1;

    /// <summary>Name of dictionary encoding; <see cref="ParquetDictionaryName.PlainDictionary"/> by default.</summary>
    public ParquetDictionaryName DictionaryName { get; init; } = ParquetDictionaryName.PlainDictionary;

    /// <summary>Whether each page's header has the CRC-32 of its bytes in the file; false by default.</summary>
    public bool Checksums { get; init; }

    internal void Validate()
    {
        if (PageBytes is < 1 << 10 or > 1 << 28 || DictionaryBytes is < 0 or > 1 << 28 || !Enum.IsDefined(Codec)
            || !Enum.IsDefined(Encodings) || !Enum.IsDefined(PageVersion) || !Enum.IsDefined(DictionaryName))
        {
            throw new ArgumentException($"{this}: page bytes are 1024 to 268435456, dictionary bytes 0 to 268435456, codec and enums defined ones.");
        }

        if (!ParquetCodecs.IsAvailable(Codec))
        {
            throw Missing(Codec, ZstandardLibrary.FileName);
        }
    }

    internal static NotSupportedException Missing(ParquetCodec codec, string library) =>
        new($"Compression with {codec} needs the library {library}, which this machine lacks: install it (Debian: apt-get install libzstd1) or take another codec.");
}
