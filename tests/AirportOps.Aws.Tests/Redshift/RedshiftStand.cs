using AirportOps.Aws.Connecting;
using AirportOps.Aws.Redshift;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Cli.Hosting;
using AirportOps.Reliability;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Redshift;
using AirportOps.Warehouse.Redshift.DataApi;
using AirportOps.Warehouse.Tests;
using AirportOps.Warehouse.Tests.Loading;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Tests.Redshift;

/// <summary>
/// A Redshift of a test's own: a database, the service over it, a scripted endpoint in front, and the real client on that. The lake is a folder that
/// both take for a bucket.
/// </summary>
internal sealed class RedshiftStand : IAsyncDisposable
{
    internal const string LakeUri = "s3://bucket/lake";

    /// <summary>Trouble is tried again without waiting.</summary>
    internal static readonly RedshiftCallOptions AtOnce = new() { RetryDelay = TimeSpan.FromMilliseconds(1) };

    private RedshiftStand(WarehouseDatabase database, string connectionString, RedshiftService service, ScriptedEndpoint endpoint, SilverLake silver)
    {
        (Database, ConnectionString, Service, Endpoint, Silver) = (database, connectionString, service, endpoint, silver);
        Warehouse = Connect(new RetryOptions { FirstDelay = TimeSpan.FromMilliseconds(1) });
    }

    /// <summary>The database behind it, to look what is there.</summary>
    internal WarehouseDatabase Database { get; }

    /// <summary>How the database is reached.</summary>
    internal string ConnectionString { get; }

    internal RedshiftService Service { get; }

    /// <summary>What goes wrong on the way is scripted here.</summary>
    internal ScriptedEndpoint Endpoint { get; }

    internal SilverLake Silver { get; }

    internal RecordingLogger Log { get; } = new();

    /// <summary>Redshift as the program sees it.</summary>
    internal DataApiWarehouse Warehouse { get; }

    /// <summary>The operations that were called, in order, without the questions how they stand.</summary>
    internal IEnumerable<string> Calls => Endpoint.Requests.Select(request => request.Operation).Where(operation => operation != "DescribeStatement");

    /// <summary>Makes one.</summary>
    /// <param name="cluster">Where the database is made.</param>
    /// <param name="isMigrated">Whether it has all tables already, which is faster than migrating it by calls.</param>
    internal static async Task<RedshiftStand> CreateAsync(ClusterFixture cluster, bool isMigrated)
    {
        var database = isMigrated ? await cluster.CreateMigratedDatabaseAsync() : await cluster.CreateDatabaseAsync();
        if (!isMigrated)
        {
            foreach (var statement in ScriptFolder.Shipped.Migrations(WarehouseEngine.Postgres)[0].Statements(WarehouseEngine.Postgres))
            {
                await database.ExecuteAsync(statement.Text);
            }
        }

        var silver = new SilverLake();
        var connectionString = cluster.ConnectionStringOf(database);
        var service = await RedshiftService.StartAsync(connectionString, silver.Lake, LakeUri);
        return new RedshiftStand(database, connectionString, service, await ScriptedEndpoint.StartAsync(service.Url), silver);
    }

    /// <summary>Another client of the same service. The SDK tries a call once, so that what is repeated is ours to repeat.</summary>
    internal DataApiWarehouse Connect(RetryOptions retry, TimeSpan? patience = null, TimeProvider? clock = null, string place = "redshift://airport/dev", AwsOptions? aws = null, ILogger? logger = null)
    {
        var parsed = RedshiftPlace.Parse(place);
        return new DataApiWarehouse(
            new RedshiftDataClient(new RedshiftDataApi(
                parsed,
                (aws ?? TestAws.Options(Endpoint.Url)) with { MaxAttempts = 1 },
                AtOnce with { Patience = patience ?? TimeSpan.FromMinutes(1), FirstAttempts = retry.MaxAttempts },
                logger ?? Log,
                clock ?? TimeProvider.System)),
            new DataApiOptions
            {
                Location = parsed.Location,
                Retry = retry,
                FirstPoll = TimeSpan.FromMilliseconds(1),
                MaxPoll = TimeSpan.FromMilliseconds(20),
            },
            clock ?? TimeProvider.System,
            logger ?? Log);
    }

    internal RedshiftStagingStore Staging() =>
        new(Warehouse, new RedshiftLoadOptions { LakeUri = LakeUri, IamRole = "arn:aws:iam::123456789012:role/lake" }, Log);

    /// <summary>For the next calls of an operation, this happens instead.</summary>
    internal void Next(string operation, int times, Happening happening) => Endpoint.Next(request => request.Operation == operation, times, happening);

    /// <summary>For the next statement or batch with such SQL, this happens instead.</summary>
    internal void NextSql(string start, int times, Happening happening) => Endpoint.Next(
        request => request.Operation.EndsWith("ExecuteStatement", StringComparison.Ordinal) && request.Text.Contains(start, StringComparison.Ordinal), times, happening);

    public async ValueTask DisposeAsync()
    {
        await Warehouse.DisposeAsync();
        await Endpoint.DisposeAsync();
        await Service.DisposeAsync();
        await Database.DisposeAsync();
        Silver.Dispose();
    }
}
