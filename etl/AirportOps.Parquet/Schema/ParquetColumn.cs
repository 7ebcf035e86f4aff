namespace AirportOps.Parquet;

/// <summary>One column of a flat schema.</summary>
/// <param name="Name">Name in the file; unique in its schema, compared by bytes.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="IsOptional">Whether a row may have null here.</param>
public sealed record ParquetColumn(string Name, ParquetType Type, bool IsOptional);
