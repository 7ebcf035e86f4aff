using AirportOps.Reliability;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Sessions;

namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>
/// A session of the Data API. The service makes one only for a transaction: what stands alone needs none, and a session can't be closed, it ends
/// <see cref="DataApiOptions.SessionKeepAlive"/> after its last statement.
/// </summary>
internal sealed class DataApiSession(DataApiCalls calls) : IWarehouseSession
{
    private string? _id;
    private bool _isOpen;

    /// <inheritdoc/>
    public Task BeginAsync(CancellationToken cancellationToken) => BeginAsync("BEGIN", cancellationToken);

    /// <inheritdoc/>
    public Task ExecuteAsync(string statement, CancellationToken cancellationToken) => RunAsync(statement, cancellationToken);

    /// <inheritdoc/>
    public async Task ExecuteAllAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await calls.RunAllAsync(statements, cancellationToken).ConfigureAwait(false);
        }
        else if (statements.Count > 1 && await calls.JoinsAsync(cancellationToken).ConfigureAwait(false))
        {
            await calls.RunAllAsync(statements, _id!, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            foreach (var statement in statements)
            {
                await RunInSessionAsync(statement, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string query, CancellationToken cancellationToken) =>
        await calls.AllRowsAsync(await RunAsync(query, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task InsertAsync(string table, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken)
    {
        foreach (var statement in InsertStatements.Render(table, columns, rows))
        {
            await RunAsync(statement, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task CommitAsync(string? settledBy, CancellationToken cancellationToken)
    {
        try
        {
            await RunInSessionAsync("COMMIT", cancellationToken).ConfigureAwait(false);
        }
        catch (StatementException lost) when (lost.Refusal is null)
        {
            // No answer, stopped, or a session that has ended: the journal knows. Asked outside the session, which may be gone.
            if (settledBy is null || (await calls.RowsAsync(settledBy, cancellationToken).ConfigureAwait(false)).Count == 0)
            {
                throw new StatementException(calls.Location, lost.Reason, Fault.Ours, lost);
            }
        }

        _isOpen = false;
    }

    /// <summary>Runs a query that can't write, and gives its rows page by page.</summary>
    internal async Task<QueryResult> ReadAsync(string query, CancellationToken cancellationToken)
    {
        await BeginAsync("BEGIN READ ONLY", cancellationToken).ConfigureAwait(false);
        var id = await RunInSessionAsync(query, cancellationToken).ConfigureAwait(false);
        var page = await calls.PageAsync(id, null, cancellationToken).ConfigureAwait(false);
        var columns = page.Columns;
        var row = 0;
        return new QueryResult(columns, NextAsync, () => ValueTask.CompletedTask);

        async Task<object?[]?> NextAsync(CancellationToken stop)
        {
            while (row == page.Records.Count)
            {
                if (page.NextToken is null)
                {
                    return null;
                }

                page = await calls.PageAsync(id, page.NextToken, stop).ConfigureAwait(false);
                row = 0;
            }

            return [.. page.Records[row++].Select((value, column) => value is null ? null : ResultText.Parse(columns[column].Type, value))];
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_isOpen)
        {
            return;
        }

        // Else the transaction would hold its locks until the session ends by itself.
        _isOpen = false;
        using var limit = calls.LastCall();
        try
        {
            await RunInSessionAsync("ROLLBACK", limit.Token).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is StatementException or OperationCanceledException)
        {
            // It is undone when the session ends.
        }
    }

    private async Task BeginAsync(string statement, CancellationToken cancellationToken)
    {
        await RunInSessionAsync(statement, cancellationToken).ConfigureAwait(false);
        _isOpen = true;
    }

    private Task<string> RunAsync(string statement, CancellationToken cancellationToken) =>
        _isOpen ? RunInSessionAsync(statement, cancellationToken) : calls.RunAsync(statement, cancellationToken);

    private Task<string> RunInSessionAsync(string statement, CancellationToken cancellationToken) =>
        calls.RunAsync(statement, _id, id => _id = id, cancellationToken);
}
