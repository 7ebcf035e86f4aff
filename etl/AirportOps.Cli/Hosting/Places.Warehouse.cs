using AirportOps.Aws.Redshift;
using AirportOps.Pipeline.Loading;
using AirportOps.Reliability;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Cluster;
using AirportOps.Warehouse.Loading;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Redshift;
using AirportOps.Warehouse.Redshift.DataApi;
using Microsoft.Extensions.Logging;

namespace AirportOps.Cli.Hosting;

/// <summary>The warehouse among the places.</summary>
internal sealed partial class Places
{
    /// <summary>Told what an operator should know.</summary>
    internal ILogger Logger => logger;

    /// <summary>Opens the warehouse as it is.</summary>
    /// <exception cref="UsageException">The URI is of no known kind.</exception>
    internal async Task<IWarehouse> OpenWarehouseAsync(CancellationToken cancellationToken) => Split(settings.Warehouse).Scheme == "redshift"
        ? await OpenRedshiftAsync(RedshiftPlace.Parse(settings.Warehouse), cancellationToken)
        : await OpenPostgresAsync(cancellationToken);

    /// <summary>Opens the warehouse, which must be a private cluster or PostgreSQL elsewhere.</summary>
    /// <exception cref="UsageException">The URI is of no such kind.</exception>
    internal Task<WarehouseDatabase> OpenPostgresAsync(CancellationToken cancellationToken) => WarehouseDatabase.OpenAsync(
        settings.Warehouse, new LocalClusterOptions { Clock = clock, BinaryFolder = settings.PgBin }, logger, cancellationToken);

    /// <summary>
    /// Opens the warehouse to fill it. The schema of a private cluster is brought up to date; elsewhere somebody else does that, and it must be this program's.
    /// </summary>
    /// <exception cref="MigrationException">The schema is another one.</exception>
    internal Task<IWarehouse> OpenReadyWarehouseAsync(CancellationToken cancellationToken) => OpenAsync(
        warehouse => WarehouseDatabase.IsLocal(settings.Warehouse)
            ? new MigrationRunner(warehouse, ScriptFolder.Shipped, clock, logger).UpAsync(cancellationToken)
            : new SchemaVersion(warehouse, ScriptFolder.Shipped).CheckAsync(cancellationToken),
        cancellationToken);

    /// <summary>Opens the warehouse to read it: nothing is ever migrated, and the schema must be this program's.</summary>
    /// <exception cref="MigrationException">The schema is another one.</exception>
    internal Task<IWarehouse> OpenCurrentWarehouseAsync(CancellationToken cancellationToken) => OpenAsync(
        warehouse => new SchemaVersion(warehouse, ScriptFolder.Shipped).CheckAsync(cancellationToken), cancellationToken);

    /// <summary>Checks the warehouse's URI. Nothing is opened.</summary>
    /// <exception cref="UsageException">It is of no known kind.</exception>
    internal void CheckWarehouse()
    {
        if (Split(settings.Warehouse).Scheme == "redshift")
        {
            RedshiftPlace.Parse(settings.Warehouse);
        }
        else
        {
            WarehouseDatabase.CheckPlace(settings.Warehouse);
        }
    }

    /// <summary>Checks the warehouse's URI, and that it can load from the lake. Nothing is opened.</summary>
    /// <exception cref="UsageException">It can't.</exception>
    internal void CheckLoads()
    {
        CheckWarehouse();
        if (Split(settings.Warehouse).Scheme == "redshift" && Split(settings.Lake).Scheme != "s3")
        {
            throw new UsageException($"a redshift:// warehouse loads from S3, but the lake is {settings.Lake}; name one as s3://BUCKET/PREFIX by --lake");
        }
    }

    /// <summary>
    /// Whether <c>silver</c> loads what it cleans: where the warehouse is this machine's own, or stream and lake are. Elsewhere there are several of it,
    /// which would all look for the same windows, and one loader serves them all.
    /// </summary>
    internal bool SilverLoads =>
        Split(settings.Warehouse).Scheme == "local" || (Split(settings.Stream).Scheme == "local" && Split(settings.Lake).Scheme == "file");

    /// <summary>The staging of a warehouse.</summary>
    /// <exception cref="UsageException">The lake is none that it loads from.</exception>
    internal IStagingStore StagingOf(IWarehouse warehouse)
    {
        if (warehouse is WarehouseDatabase { Engine: WarehouseEngine.Postgres } postgres)
        {
            return new PostgresStagingStore(postgres, logger);
        }

        CheckLoads();
        return new RedshiftStagingStore(
            warehouse as IWarehouseSql ?? new NpgsqlWarehouseSql((WarehouseDatabase)warehouse, new RetryOptions(), clock),
            new RedshiftLoadOptions { LakeUri = settings.Lake, IamRole = settings.RedshiftCopyRole },
            logger);
    }

    private async Task<IWarehouse> OpenAsync(Func<IWarehouse, Task> prepare, CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        try
        {
            await prepare(warehouse);
            return warehouse;
        }
        catch
        {
            await warehouse.DisposeAsync();
            throw;
        }
    }

    private async Task<IWarehouse> OpenRedshiftAsync(RedshiftPlace place, CancellationToken cancellationToken)
    {
        if (place.Route == RedshiftRoute.DataApi)
        {
            return new DataApiWarehouse(
                new RedshiftDataClient(new RedshiftDataApi(place, settings.Aws, new RedshiftCallOptions(), logger, clock)),
                new DataApiOptions { Location = place.Location },
                clock,
                logger);
        }

        var logins = new RedshiftLogins(place, settings.Aws, new RedshiftCallOptions(), logger, clock);
        var warehouse = WarehouseDatabase.OpenRedshift(place.Location, ConnectionStringAsync, logins);
        try
        {
            await RedshiftConnection.CheckDecimalsAsync(new NpgsqlWarehouseSql(warehouse, new RetryOptions(), clock), cancellationToken);
            return warehouse;
        }
        catch
        {
            await warehouse.DisposeAsync();
            throw;
        }

        async Task<string> ConnectionStringAsync(CancellationToken stop)
        {
            try
            {
                var login = await logins.NextAsync(stop);
                return RedshiftConnection.ConnectionString(
                    login.Host, login.Port, place.Database, login.User, login.Password, place.RootCertificate, place.IsPlain);
            }
            catch (RedshiftApiException trouble)
            {
                throw new WarehouseException($"The warehouse at {place.Location} can't be reached: {trouble.Message}", trouble.Fault, trouble);
            }
        }
    }
}
