using AirportOps.Warehouse.Queries;

namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>Rows of a result.</summary>
/// <param name="Records">
/// Each its values as PostgreSQL spells them, null for null: the service gives all but numbers and truth values as text anyway.
/// </param>
/// <param name="NextToken">Where the next page starts; null on the last.</param>
public sealed record StatementResultPage(IReadOnlyList<IReadOnlyList<string?>> Records, string? NextToken)
{
    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; init; } = [];
}
