using AirportOps.Parquet.Meta;
using AirportOps.Parquet.Statistics;

namespace AirportOps.Parquet;

/// <summary>What a finished file holds, as its footer says.</summary>
public sealed class ParquetFileSummary
{
    private ParquetFileSummary(long rows, long bytes, int rowGroups, IReadOnlyList<ParquetColumnSummary> columns)
    {
        Rows = rows;
        Bytes = bytes;
        RowGroups = rowGroups;
        Columns = columns;
    }

    /// <summary>Rows over all row groups.</summary>
    public long Rows { get; }

    /// <summary>Bytes of the file.</summary>
    public long Bytes { get; }

    /// <summary>Row groups with rows.</summary>
    public int RowGroups { get; }

    /// <summary>The columns in schema order.</summary>
    public IReadOnlyList<ParquetColumnSummary> Columns { get; }

    internal static ParquetFileSummary Of(FileMetadata file, long bytes) =>
        new(file.Rows, bytes, file.RowGroups.Count, Describe(file.Schema, file.RowGroups));

    internal static IReadOnlyList<ParquetColumnSummary> Describe(ParquetSchema schema, IReadOnlyList<RowGroupMetadata> rowGroups)
    {
        var columns = new ParquetColumnSummary[schema.Columns.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = Describe(schema.Columns[i], rowGroups, i);
        }

        return columns;
    }

    private static ParquetColumnSummary Describe(ParquetColumn column, IReadOnlyList<RowGroupMetadata> rowGroups, int index)
    {
        var bounds = new MergedBounds(column.Type);
        long nulls = 0;
        long bytes = 0;
        foreach (var group in rowGroups)
        {
            var chunk = group.Chunks[index];
            nulls += chunk.Statistics.NullCount;
            bytes += chunk.CompressedBytes;
            bounds.Add(chunk);
        }

        return new ParquetColumnSummary(column.Name, column.Type, nulls, bounds.Min, bounds.Max, bytes);
    }
}
