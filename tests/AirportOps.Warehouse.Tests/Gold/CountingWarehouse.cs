using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>A warehouse that counts the statements of its sessions, begin and commit among them.</summary>
internal sealed class CountingWarehouse(IWarehouse inner) : IWarehouse
{
    private int _statements;

    internal int Statements => _statements;

    public string Location => inner.Location;

    public WarehouseEngine Engine => inner.Engine;

    public async Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken) =>
        new Session(this, await inner.OpenSessionAsync(cancellationToken));

    public Task<QueryResult> ReadAsync(string query, TimeSpan? timeout, CancellationToken cancellationToken) => inner.ReadAsync(query, timeout, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Session(CountingWarehouse warehouse, IWarehouseSession inner) : IWarehouseSession
    {
        public Task BeginAsync(CancellationToken cancellationToken) => Counted(1, inner.BeginAsync(cancellationToken));

        public Task ExecuteAsync(string statement, CancellationToken cancellationToken) => Counted(1, inner.ExecuteAsync(statement, cancellationToken));

        public Task ExecuteAllAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken) =>
            Counted(statements.Count, inner.ExecuteAllAsync(statements, cancellationToken));

        public Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string query, CancellationToken cancellationToken) =>
            Counted(1, inner.QueryAsync(query, cancellationToken));

        public Task InsertAsync(string table, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken) =>
            Counted(1, inner.InsertAsync(table, columns, rows, cancellationToken));

        public Task CommitAsync(string? settledBy, CancellationToken cancellationToken) => Counted(1, inner.CommitAsync(settledBy, cancellationToken));

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private T Counted<T>(int statements, T result)
        {
            warehouse._statements += statements;
            return result;
        }
    }
}
