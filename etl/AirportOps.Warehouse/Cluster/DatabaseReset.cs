using Npgsql;

namespace AirportOps.Warehouse.Cluster;

/// <summary>Empties the database of a private cluster.</summary>
public static class DatabaseReset
{
    private const string MaintenanceDatabase = "postgres";

    /// <summary>Drops the warehouse's database, which ends every connection to it, and creates it anew and empty.</summary>
    /// <exception cref="WarehouseException">The server refuses.</exception>
    public static async Task RunAsync(LocalCluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            var connection = new NpgsqlConnection(cluster.ConnectionStringOf(MaintenanceDatabase));
            await using var closing = connection.ConfigureAwait(false);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            foreach (var statement in new[]
            {
                $"DROP DATABASE IF EXISTS {Server.Database} WITH (FORCE)",
                $"CREATE DATABASE {Server.Database} TEMPLATE template0",
            })
            {
                var command = new NpgsqlCommand(statement, connection);
                await using var disposing = command.ConfigureAwait(false);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException refused)
        {
            throw new WarehouseException($"The local warehouse could not be emptied: {refused.Message}", refused.IsTransient, refused);
        }
    }
}
