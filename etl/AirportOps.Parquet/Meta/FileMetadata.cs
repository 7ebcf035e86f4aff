using AirportOps.Parquet.Statistics;

namespace AirportOps.Parquet.Meta;

/// <summary>The part of parquet.thrift's <c>FileMetaData</c> that a flat file needs.</summary>
internal sealed record FileMetadata(ParquetSchema Schema, long Rows, IReadOnlyList<RowGroupMetadata> RowGroups);

/// <summary>A row group: one chunk a column, in schema order.</summary>
internal sealed record RowGroupMetadata(long Rows, IReadOnlyList<ColumnChunkMetadata> Chunks);

/// <summary>A column chunk; sizes are of its pages with their headers, offsets are of the file.</summary>
internal sealed record ColumnChunkMetadata
{
    internal required ParquetCodec Codec { get; init; }

    /// <summary>Encoding of the data pages' values; as read not set, since pages may differ.</summary>
    internal Encoding Encoding { get; init; }

    /// <summary>Rows, nulls included.</summary>
    internal required long Values { get; init; }

    internal required long UncompressedBytes { get; init; }

    internal required long CompressedBytes { get; init; }

    internal required long DataPageOffset { get; init; }

    /// <summary>Null where the chunk is plain.</summary>
    internal required long? DictionaryPageOffset { get; init; }

    /// <summary>As read not set, since pages may differ.</summary>
    internal PageType DataPageType { get; init; }

    /// <summary>Data pages in the chunk; 0 as read, since the format does not say.</summary>
    internal int DataPages { get; init; }

    internal required ColumnStatistics Statistics { get; init; }

    /// <summary>File offset of the chunk's first page.</summary>
    internal long Start => DictionaryPageOffset ?? DataPageOffset;
}
