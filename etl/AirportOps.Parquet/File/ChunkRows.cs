namespace AirportOps.Parquet;

/// <summary>How the rows of a column chunk lie over its values.</summary>
/// <param name="levels">Definition levels, one a row; empty when no row is null.</param>
/// <param name="count">Rows of the chunk.</param>
/// <param name="isOptional">Whether pages carry levels.</param>
internal readonly ref struct ChunkRows(ReadOnlySpan<byte> levels, int count, bool isOptional)
{
    internal readonly ReadOnlySpan<byte> Levels = levels;
    internal readonly int Count = count;
    internal readonly bool IsOptional = isOptional;
}
