using AirportOps.Reliability;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>
/// Redshift by its Data API, which is asynchronous: a statement is started, then asked about. A transaction given whole is one batch; one whose next
/// statement depends on what the last one gave runs in a session. The client repeats a call without an answer, with its token, which the service knows; beyond
/// that the warehouse's journal settles what was done.
/// </summary>
/// <param name="client">The service.</param>
/// <param name="options">How it is used.</param>
/// <param name="clock">Paces polls and repetitions.</param>
/// <param name="logger">Told of what the service can't do.</param>
public sealed class DataApiWarehouse(IRedshiftDataClient client, DataApiOptions options, TimeProvider clock, ILogger logger) : IWarehouse, IWarehouseSql
{
    /// <summary>The most statements of a batch, the service's limit on <c>Sqls</c>.</summary>
    public const int MaxStatements = 40;

    /// <summary>The most bytes of a statement.</summary>
    public const int MaxStatementBytes = 100 * 1024;

    private readonly DataApiCalls _calls = new(client, options, clock, logger);
    private readonly Retry _conflicts = WholeTransaction.For(options.Retry, clock);

    /// <inheritdoc/>
    public string Location => options.Location;

    /// <inheritdoc/>
    public WarehouseEngine Engine => WarehouseEngine.Redshift;

    /// <inheritdoc/>
    public Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken) => Task.FromResult<IWarehouseSession>(new DataApiSession(_calls));

    /// <inheritdoc/>
    public async Task<QueryResult> ReadAsync(string query, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var session = new DataApiSession(_calls);
        await using var _ = session.ConfigureAwait(false);
        // The time is kept here: a setting of the session would need a statement more, and count what the statement waits in the queue.
        using var timer = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await session.ReadAsync(query, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw QueryRunner.TooLong(timeout!.Value, late);
        }
        catch (StatementException refused) when (refused.Refusal is { } refusal)
        {
            throw QueryRunner.Refused(refused.Reason, query, refusal.Position, refused);
        }
        catch (StatementException trouble)
        {
            throw trouble.As("could not run the query");
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string query, CancellationToken cancellationToken)
    {
        try
        {
            return await _calls.RowsAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (StatementException trouble)
        {
            throw trouble.As("could not answer a query");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no statements, or more than <see cref="MaxStatements"/>.</exception>
    public async Task ExecuteAsync(IReadOnlyList<string> statements, string settledBy, CancellationToken cancellationToken)
    {
        if (statements.Count is 0 or > MaxStatements)
        {
            throw new ArgumentException($"A transaction has 1 to {MaxStatements} statements here; this one has {statements.Count}.", nameof(statements));
        }

        try
        {
            await _conflicts.RunAsync(
                async stop =>
                {
                    await _calls.RunBatchAsync(statements, settledBy, stop).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (StatementException trouble)
        {
            throw trouble.As("refused a transaction, of which nothing was done");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        (client as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
