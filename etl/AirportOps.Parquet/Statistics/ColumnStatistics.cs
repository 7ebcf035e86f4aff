namespace AirportOps.Parquet.Statistics;

/// <summary>
/// Statistics of a column chunk as the format keeps them (parquet.thrift, <c>Statistics</c>): bounds are PLAIN values without a length,
/// in the type's own order; null where the chunk has no value or none that can bound it.
/// </summary>
internal sealed class ColumnStatistics
{
    internal required long NullCount { get; init; }

    /// <summary>Values that are no number; null but for doubles.</summary>
    internal long? NaNCount { get; init; }

    internal byte[]? Min { get; init; }

    internal byte[]? Max { get; init; }

    internal bool IsMinExact { get; init; } = true;

    internal bool IsMaxExact { get; init; } = true;
}
