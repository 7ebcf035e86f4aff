using AirportOps.Lake;
using AirportOps.Warehouse.Sql;
using Npgsql;

namespace AirportOps.Warehouse.Tests.Redshift;

/// <summary>Runs Redshift's statements on PostgreSQL.</summary>
internal sealed class FakeRedshift(WarehouseDatabase database, ILake lake, string lakeUri)
{
    private readonly ManifestCopy _copy = new(lake, lakeUri);

    /// <summary>Runs statements as one transaction.</summary>
    internal async Task RunAsync(IReadOnlyList<string> statements)
    {
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in statements)
        {
            if (!await _copy.TryRunAsync(connection, statement))
            {
                await using var command = new NpgsqlCommand(PostgresDialect.Render(statement).Single().Text, connection, transaction);
                await command.ExecuteNonQueryAsync();
            }
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
