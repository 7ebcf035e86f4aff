using System.Runtime.CompilerServices;

namespace AirportOps.Warehouse.Queries;

/// <summary>The rows of a query as they come from the server; holds a connection until disposed.</summary>
public sealed class QueryResult : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<object?[]?>> _next;
    private readonly Func<ValueTask> _dispose;

    /// <param name="columns">The columns.</param>
    /// <param name="next">Gives the next row; null behind the last.</param>
    /// <param name="dispose">Ends the query.</param>
    internal QueryResult(IReadOnlyList<QueryColumn> columns, Func<CancellationToken, Task<object?[]?>> next, Func<ValueTask> dispose) =>
        (Columns, _next, _dispose) = (columns, next, dispose);

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>
    /// The rows, once, in their order: values by column, null for none, else bool, int, long, decimal, double, DateTime (a timestamp without zone,
    /// UTC by convention), DateOnly; and string for all other types and for values that these can't hold exactly, spelled as the server does.
    /// </summary>
    /// <exception cref="WarehouseException">The query fails on the way.</exception>
    public async IAsyncEnumerable<object?[]> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _next(cancellationToken).ConfigureAwait(false) is { } row)
        {
            yield return row;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _dispose();
}
