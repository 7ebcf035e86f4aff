using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;

namespace AirportOps.Warehouse;

/// <summary>A warehouse, whatever it runs on and however it is reached. Safe for concurrent use.</summary>
public interface IWarehouse : IAsyncDisposable
{
    /// <summary>Where it is, for messages: no secrets.</summary>
    string Location { get; }

    /// <summary>What runs its SQL.</summary>
    WarehouseEngine Engine { get; }

    /// <summary>Opens a session; the caller's to dispose.</summary>
    /// <exception cref="WarehouseException">The warehouse can't be reached.</exception>
    Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken);

    /// <summary>Starts a query in a transaction that can't write.</summary>
    /// <param name="query">One statement that reads, in the engine's own SQL.</param>
    /// <param name="timeout">How long the server may work on it; null for as long as it takes, else at least a millisecond.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The result, the caller's to dispose.</returns>
    /// <exception cref="WarehouseException">The server refuses it, can't be reached, or it takes too long.</exception>
    Task<QueryResult> ReadAsync(string query, TimeSpan? timeout, CancellationToken cancellationToken);
}
