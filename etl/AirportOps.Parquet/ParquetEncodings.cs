namespace AirportOps.Parquet;

/// <summary>Which encodings of values a writer may choose from (parquet-format, Encodings.md).</summary>
public enum ParquetEncodings
{
    /// <summary>Plain and dictionary: those of format 1.0.</summary>
    Basic,

    /// <summary>
    /// Also DELTA_BINARY_PACKED for integers, dates and instants, DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY for strings, and
    /// BYTE_STREAM_SPLIT for doubles: for each column chunk what makes its first values smallest, compressed.
    /// </summary>
    Compact,
}
