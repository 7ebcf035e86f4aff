using AirportOps.Aws.Redshift;
using AirportOps.Pipeline.Loading;
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
        ? await OpenRedshiftAsync(Named(() => RedshiftPlace.Parse(settings.Warehouse)), cancellationToken)
        : await OpenPostgresAsync(cancellationToken);

    /// <summary>Opens the warehouse, which must be a private cluster or PostgreSQL elsewhere.</summary>
    /// <exception cref="UsageException">The URI is of no such kind.</exception>
    internal async Task<WarehouseDatabase> OpenPostgresAsync(CancellationToken cancellationToken)
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
    internal async Task<IWarehouse> OpenMigratedWarehouseAsync(CancellationToken cancellationToken)
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

    /// <summary>Checks that the warehouse can load from the lake.</summary>
    /// <exception cref="UsageException">It can't.</exception>
    internal void CheckLoads()
    {
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
            warehouse as IWarehouseSql ?? new NpgsqlWarehouseSql((WarehouseDatabase)warehouse, new RetryPolicy(), clock),
            new RedshiftLoadOptions { LakeUri = settings.Lake, IamRole = settings.RedshiftCopyRole },
            logger);
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
            await RedshiftConnection.CheckDecimalsAsync(new NpgsqlWarehouseSql(warehouse, new RetryPolicy(), clock), cancellationToken);
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
