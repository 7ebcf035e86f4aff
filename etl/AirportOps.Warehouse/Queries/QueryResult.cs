using System.Runtime.CompilerServices;
using Npgsql;

namespace AirportOps.Warehouse.Queries;

/// <summary>The rows of a query as they come from the server; holds a connection until disposed.</summary>
public sealed class QueryResult : IAsyncDisposable
{
    private readonly WarehouseDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;
    private bool _hasEnded;

    internal QueryResult(WarehouseDatabase database, NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader)
    {
        _database = database;
        _connection = connection;
        _command = command;
        _reader = reader;
        Columns = [.. Enumerable.Range(0, reader.FieldCount).Select(index => new QueryColumn(reader.GetName(index), reader.GetDataTypeName(index)))];
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>
    /// The rows, once, in their order: values by column, null for none, else string, bool, int, long, decimal, double, DateTime (a timestamp,
    /// UTC by convention; a date is one at midnight) or what else the driver makes of the type.
    /// </summary>
    /// <exception cref="WarehouseException">The query fails on the way, or a value has no counterpart here.</exception>
    public async IAsyncEnumerable<object?[]> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken).ConfigureAwait(false) is { } row)
        {
            yield return row;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_hasEnded)
        {
            // Else the driver would read all the remaining rows first.
            _command.Cancel();
        }

        try
        {
            await _reader.DisposeAsync().ConfigureAwait(false);
        }
        catch (PostgresException cancelled) when (cancelled.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            // As asked for.
        }

        await _command.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<object?[]?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            _hasEnded = !await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (_hasEnded)
            {
                return null;
            }
        }
        catch (NpgsqlException failed)
        {
            _hasEnded = true;
            throw _database.Failure("stopped the query", failed);
        }

        var row = new object?[Columns.Count];
        for (var index = 0; index < row.Length; index++)
        {
            try
            {
                row[index] = _reader.IsDBNull(index) ? null : _reader.GetValue(index);
            }
            catch (Exception unreadable) when (unreadable is InvalidCastException or OverflowException)
            {
                throw new WarehouseException(
                    $"Column {Columns[index].Name} has a value of type {Columns[index].Type} that can't be read. CAST it to VARCHAR in the query.", false, unreadable);
            }
        }

        return row;
    }
}
