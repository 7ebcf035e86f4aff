namespace AirportOps.Warehouse.Redshift;

/// <summary>
/// A warehouse that runs SQL, seen through what all of PostgreSQL, Redshift's wire protocol and its Data API can do: no parameters, one statement at
/// a time, values as text, transactions given whole. Safe for concurrent use.
/// </summary>
public interface IWarehouseSql
{
    /// <summary>Where it is, for messages: no secrets.</summary>
    string Location { get; }

    /// <summary>Runs a query.</summary>
    /// <returns>Its rows, each its values as text, null for null.</returns>
    /// <exception cref="WarehouseException">It fails, or the warehouse can't be reached.</exception>
    Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string query, CancellationToken cancellationToken);

    /// <summary>
    /// Runs statements as one transaction, in order: all or none. A conflict with a concurrent transaction repeats the whole, on a new connection
    /// where there is one. When the answer is lost, the warehouse is asked what became of it, never assumed.
    /// </summary>
    /// <param name="statements">Without semicolons.</param>
    /// <param name="settledBy">
    /// A query that gives a row once the transaction has been committed and none before: its journal row. The statements must do nothing when they
    /// run behind it again.
    /// </param>
    /// <param name="cancellationToken">Cancelled before the commit, nothing is done; during it, what has become of it is not known.</param>
    /// <exception cref="WarehouseException">Nothing was done; or, if transient, the warehouse could not be asked what became of it.</exception>
    Task ExecuteAsync(IReadOnlyList<string> statements, string settledBy, CancellationToken cancellationToken);
}
