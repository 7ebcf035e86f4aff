namespace AirportOps.Parquet;

/// <summary>What the footer says of a row group.</summary>
public sealed class ParquetRowGroup
{
    internal ParquetRowGroup(int rows, IReadOnlyList<ParquetColumnSummary> columns)
    {
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Rows of every column.</summary>
    public int Rows { get; }

    /// <summary>The columns in schema order, with the bounds a scan can skip this row group by.</summary>
    public IReadOnlyList<ParquetColumnSummary> Columns { get; }
}
