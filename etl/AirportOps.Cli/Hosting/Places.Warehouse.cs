using AirportOps.Warehouse;
using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Migrations;
using Microsoft.Extensions.Logging;

namespace AirportOps.Cli.Hosting;

/// <summary>The warehouse among the places.</summary>
internal sealed partial class Places
{
    /// <summary>Told what an operator should know.</summary>
    internal ILogger Logger => logger;

    /// <summary>Opens the warehouse as it is.</summary>
    /// <exception cref="UsageException">The URI is of no known kind.</exception>
    internal async Task<WarehouseDatabase> OpenWarehouseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await WarehouseDatabase.OpenAsync(
                settings.Warehouse,
                new LocalClusterOptions { Clock = clock, BinaryFolder = settings.PgBin },
                logger,
                cancellationToken);
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException(wrong.Message.Split(" (Parameter", 2)[0]);
        }
    }

    /// <summary>Opens the warehouse and brings its schema up to date.</summary>
    /// <exception cref="UsageException">The URI is of no known kind.</exception>
    internal async Task<WarehouseDatabase> OpenMigratedWarehouseAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        try
        {
            await new MigrationRunner(warehouse, ScriptFolder.Shipped, clock, logger).UpAsync(cancellationToken);
            return warehouse;
        }
        catch
        {
            await warehouse.DisposeAsync();
            throw;
        }
    }
}
