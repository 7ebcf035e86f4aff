using AirportOps.Reliability;
using AirportOps.Warehouse.Sessions;
using Npgsql;

namespace AirportOps.Warehouse.Redshift;

/// <summary>PostgreSQL, or Redshift by its wire protocol. Each transaction and each query has a session of its own.</summary>
/// <param name="database">The warehouse; its connections are not pooled.</param>
/// <param name="retry">How a conflict is repeated.</param>
/// <param name="clock">Paces the repetitions.</param>
public sealed class NpgsqlWarehouseSql(WarehouseDatabase database, RetryOptions retry, TimeProvider clock) : IWarehouseSql
{
    /// <summary>For tests of a lost answer: called with the connection when all is done but the commit, and again behind it.</summary>
    internal Func<NpgsqlConnection, bool, Task>? AroundCommit { get; init; }

    /// <inheritdoc/>
    public string Location => database.Location;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string query, CancellationToken cancellationToken)
    {
        var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        try
        {
            return await session.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (StatementException trouble)
        {
            throw trouble.As("could not answer a query");
        }
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(IReadOnlyList<string> statements, string settledBy, CancellationToken cancellationToken)
    {
        try
        {
            await WholeTransaction.RunAsync(OpenAsync, retry, clock, RunAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (StatementException trouble)
        {
            throw trouble.As("refused a transaction, of which nothing was done");
        }

        async Task<bool> RunAsync(IWarehouseSession session)
        {
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            await session.ExecuteAllAsync(statements, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(settledBy, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    private async Task<IWarehouseSession> OpenAsync(CancellationToken cancellationToken) =>
        new NpgsqlSession(database, await database.ConnectAsync(cancellationToken).ConfigureAwait(false)) { AroundCommit = AroundCommit };
}
