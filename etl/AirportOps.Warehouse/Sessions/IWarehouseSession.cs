namespace AirportOps.Warehouse.Sessions;

/// <summary>
/// A session of a warehouse: temporary tables and a transaction live in it. What all of PostgreSQL, Redshift's wire protocol and its Data API can
/// do: one statement a call, no parameters, values as text. For one caller at a time; a transaction that is not committed is undone by disposing.
/// </summary>
public interface IWarehouseSession : IAsyncDisposable
{
    /// <summary>Begins a transaction on a snapshot, which the first statement behind it takes, but for LOCK.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Runs a statement, outside a transaction committed by itself.</summary>
    /// <exception cref="StatementException">It fails, or its answer does not come.</exception>
    Task ExecuteAsync(string statement, CancellationToken cancellationToken);

    /// <summary>Runs statements one after another, where that saves waiting in few calls. For a transaction; outside one, some may be done when one fails.</summary>
    /// <exception cref="StatementException">One fails, or its answer does not come: <see cref="StatementRefusal.StatementIndex"/>.</exception>
    Task ExecuteAllAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken);

    /// <summary>Runs a query.</summary>
    /// <returns>Its rows, each its values as PostgreSQL spells them, null for null.</returns>
    /// <exception cref="StatementException">It fails, or its answer does not come.</exception>
    Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string query, CancellationToken cancellationToken);

    /// <summary>Adds rows to a table, a few thousand at most: what is loaded in bulk comes from the lake.</summary>
    /// <param name="table">The table as SQL names it.</param>
    /// <param name="columns">Its columns as SQL names them.</param>
    /// <param name="rows">Values by column: null, string, int, long, double, bool, or DateTime for a timestamp. They may be anything that came from outside.</param>
    /// <param name="cancellationToken">Stops; outside a transaction some rows may be there then.</param>
    /// <exception cref="StatementException">It fails, or its answer does not come.</exception>
    Task InsertAsync(string table, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken);

    /// <summary>Commits. When the answer is lost, the warehouse is asked what became of it, never assumed.</summary>
    /// <param name="settledBy">
    /// A query that gives a row once the transaction has been committed and none before: its journal row. Null where it changed nothing.
    /// </param>
    /// <param name="cancellationToken">Cancelled during it, what has become of it is not known.</param>
    /// <exception cref="StatementException">It is undone; or, if transient and not to be repeated, the warehouse could not be asked.</exception>
    Task CommitAsync(string? settledBy, CancellationToken cancellationToken);
}
