namespace AirportOps.Parquet;

/// <summary>Layout of data pages (parquet.thrift, <c>DataPageHeader</c> and <c>DataPageHeaderV2</c>).</summary>
public enum ParquetPageVersion
{
    /// <summary>Levels and values compressed as one.</summary>
    V1 = 1,

    /// <summary>Levels uncompressed before the values, and values that compression would not shrink as they are.</summary>
    V2 = 2,
}
