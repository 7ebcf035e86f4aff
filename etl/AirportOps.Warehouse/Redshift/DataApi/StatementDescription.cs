namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>How a statement stands.</summary>
/// <param name="Status">The status.</param>
/// <param name="Error">What the database said, when it failed; else null.</param>
/// <param name="HasResultSet">Whether there is a result to fetch.</param>
public sealed record StatementDescription(StatementStatus Status, string? Error, bool HasResultSet)
{
    /// <summary>Of a batch that failed, which statement did first, from 0; 0 where that is not told.</summary>
    public int FailedIndex { get; init; }
}
