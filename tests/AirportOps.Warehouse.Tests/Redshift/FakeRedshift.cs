using AirportOps.Lake;
using AirportOps.Warehouse.Sql;
using Npgsql;

namespace AirportOps.Warehouse.Tests.Redshift;

/// <summary>Runs Redshift's statements on PostgreSQL.</summary>
internal sealed class FakeRedshift(WarehouseDatabase database, ILake lake, string lakeUri)
{
    private readonly ManifestCopy _copy = new(lake, lakeUri);

    /// <summary>The statements that were done, in order, those of transactions that were undone later too.</summary>
    internal List<string> Done { get; } = [];

    /// <summary>Runs statements as one transaction.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="begins">Told the index of each that begins.</param>
    internal async Task RunAsync(IReadOnlyList<string> statements, Action<int> begins)
    {
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (index, statement) in statements.Index())
        {
            begins(index);
            if (!await _copy.TryRunAsync(connection, statement))
            {
                await using var command = new NpgsqlCommand(PostgresDialect.Render(statement).Single().Text, connection, transaction);
                await command.ExecuteNonQueryAsync();
            }

            Done.Add(statement);
        }

        await transaction.CommitAsync();
    }

    internal async Task<List<IReadOnlyList<string?>>> QueryAsync(string query)
    {
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(query, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<IReadOnlyList<string?>>();
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]);
        }

        return rows;
    }
}
