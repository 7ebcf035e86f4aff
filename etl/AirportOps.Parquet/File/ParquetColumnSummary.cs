namespace AirportOps.Parquet;

/// <summary>What a file's footer says of a column over all row groups.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The column's type.</param>
/// <param name="NullCount">Rows without a value.</param>
/// <param name="Min">
/// Least value as text, or a shorter text below it where the value is over 64 bytes: numbers in invariant notation, dates as
/// YYYY-MM-DD, instants as YYYY-MM-DDTHH:MM:SS.ffffffZ. Null without values, and where a NaN or an uncuttable string leaves no bound.
/// </param>
/// <param name="Max">Greatest value likewise, or a text above it.</param>
/// <param name="CompressedBytes">Bytes of the column's pages in the file.</param>
public sealed record ParquetColumnSummary(string Name, ParquetType Type, long NullCount, string? Min, string? Max, long CompressedBytes);
