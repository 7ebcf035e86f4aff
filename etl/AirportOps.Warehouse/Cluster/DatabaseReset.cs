using AirportOps.Warehouse.Sessions;
using Npgsql;

namespace AirportOps.Warehouse.Cluster;

/// <summary>Empties the database of a private cluster.</summary>
public static class DatabaseReset
{
    /// <summary>Drops the warehouse's database, which ends every connection to it, and creates it anew and empty.</summary>
    /// <exception cref="WarehouseException">The server refuses.</exception>
    public static async Task RunAsync(LocalCluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            await WarehouseSetup.DropDatabaseAsync(cluster.Home, cancellationToken).ConfigureAwait(false);
            await WarehouseSetup.EnsureAsync(cluster.Home, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException refused)
        {
            throw new WarehouseException($"The local warehouse could not be emptied: {refused.Message}", NpgsqlSession.FaultOf(refused), refused);
        }
    }
}
