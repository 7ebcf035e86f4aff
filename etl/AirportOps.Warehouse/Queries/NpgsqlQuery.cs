using Npgsql;

namespace AirportOps.Warehouse.Queries;

/// <summary>A query that runs over the wire protocol.</summary>
internal sealed class NpgsqlQuery
{
    private readonly WarehouseDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;
    private readonly QueryColumn[] _columns;
    private bool _hasEnded;

    private NpgsqlQuery(WarehouseDatabase database, NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader)
    {
        (_database, _connection, _command, _reader) = (database, connection, command, reader);
        _columns = [.. Enumerable.Range(0, reader.FieldCount).Select(index => new QueryColumn(reader.GetName(index), reader.GetDataTypeName(index)))];
    }

    /// <summary>The result of a running query, which then owns all that is given.</summary>
    internal static QueryResult Result(WarehouseDatabase database, NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader)
    {
        var query = new NpgsqlQuery(database, connection, command, reader);
        return new QueryResult(query._columns, query.NextAsync, query.DisposeAsync);
    }

    private async ValueTask DisposeAsync()
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

        var row = new object?[_columns.Length];
        for (var index = 0; index < row.Length; index++)
        {
            row[index] = _reader.IsDBNull(index) ? null : ResultText.Parse(_columns[index].Type, _reader.GetString(index));
        }

        return row;
    }
}
