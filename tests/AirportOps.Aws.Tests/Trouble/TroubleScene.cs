using AirportOps.Reliability;
using System.Text;
using AirportOps.Aws.Kinesis;
using AirportOps.Aws.Lakes;
using AirportOps.Aws.Leases;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Aws.Tests.Redshift;
using AirportOps.Aws.Tests.S3;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Settings;
using AirportOps.Lake;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Redshift.DataApi;
using AirportOps.Warehouse.Tests;
using AirportOps.Warehouse.Tests.Redshift;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Tests.Trouble;

/// <summary>
/// A stream with a record, a bucket with an object, a table for leases or a warehouse in Redshift, behind an endpoint that meets trouble when told to.
/// </summary>
internal sealed class TroubleScene : IAsyncDisposable
{
    /// <summary>The object that is there.</summary>
    internal const string Key = "k";

    private readonly List<IAsyncDisposable> _opened = [];
    private readonly List<IDisposable> _used = [];

    private TroubleScene(ScriptedEndpoint endpoint, TimeProvider clock) => (Endpoint, Clock) = (endpoint, clock);

    internal ScriptedEndpoint Endpoint { get; }

    internal string Stream { get; private init; } = "none";

    internal string Bucket { get; private init; } = "none";

    /// <summary>The table of leases that is opened next.</summary>
    internal string Table { get; set; } = "none";

    /// <summary>The warehouse, and the service behind the endpoint.</summary>
    internal RedshiftStand Redshift { get; private init; } = null!;

    internal TimeProvider Clock { get; }

    internal RecordingLogger Logger { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes what the place needs.</summary>
    internal static async Task<TroubleScene> CreateAsync(AwsEmulators emulators, ClusterFixture cluster, TroublePlace place, TimeProvider clock)
    {
        switch (place.Service)
        {
            case "kinesis":
                var kinesis = await emulators.KinesisAsync();
                var stream = await TestStream.CreateAsync(kinesis, 1);
                await using (var opened = TestStream.Open(kinesis, stream))
                {
                    await using var writer = await opened.OpenWriterAsync(Token);
                    await writer.WriteAsync([TestStream.Record("a", 1)], Token);
                }

                return new TroubleScene(await ScriptedEndpoint.StartAsync(kinesis), clock) { Stream = stream };
            case "s3":
                var moto = await emulators.MotoAsync();
                var bucket = await TestBucket.CreateAsync(moto);
                using (var lake = TestBucket.Open(moto, bucket))
                {
                    await lake.PutAsync(Key, "there"u8.ToArray(), PutMode.Overwrite, Token);
                }

                return new TroubleScene(await ScriptedEndpoint.StartAsync(moto), clock) { Bucket = bucket };
            case "dynamodb":
                var dynamoDb = await emulators.DynamoDbAsync();
                var table = NewTable();
                using (var leases = OpenLeases(dynamoDb, table, NullLogger.Instance, TimeProvider.System))
                {
                    await leases.EnsureReadyAsync(Token);
                }

                return new TroubleScene(await ScriptedEndpoint.StartAsync(dynamoDb), clock) { Table = table };
            default:
                var redshift = await RedshiftStand.CreateAsync(cluster, isMigrated: true);
                return new TroubleScene(redshift.Endpoint, clock) { Redshift = redshift };
        }
    }

    /// <summary>A name that no table has.</summary>
    internal static string NewTable() => $"leases-{Guid.NewGuid():N}";

    internal KinesisStream OpenStream()
    {
        var stream = TestStream.Open(
            Endpoint.Url,
            Stream,
            TestStream.Fast with { PollInterval = TimeSpan.FromSeconds(1), RetryDelay = TimeSpan.FromSeconds(1), ReportInterval = TimeSpan.FromSeconds(10) },
            Logger,
            Clock);
        _opened.Add(stream);
        return stream;
    }

    internal S3Lake OpenLake()
    {
        var lake = TestBucket.Open(
            Endpoint.Url, Bucket, new S3LakeOptions { RetryDelay = TimeSpan.FromSeconds(1), PartBytes = 5 << 20 }, Logger, Clock);
        _used.Add(lake);
        return lake;
    }

    internal DynamoDbLeaseStore OpenLeases()
    {
        var leases = OpenLeases(Endpoint.Url, Table, Logger, Clock);
        _used.Add(leases);
        return leases;
    }

    /// <summary>The warehouse by its Data API.</summary>
    internal DataApiWarehouse OpenWarehouse() =>
        Keep(Redshift.Connect(new RetryOptions { FirstDelay = TimeSpan.FromMilliseconds(1) }, TimeSpan.FromMinutes(10), Clock, logger: Logger));

    /// <summary>The warehouse by its wire protocol, as the program opens it.</summary>
    /// <param name="options">Of the place, each with an ampersand behind it.</param>
    internal async Task<IWarehouse> ConnectAsync(string options)
    {
        var service = Redshift.Service;
        var wire = Keep(new RedshiftWire(
            Redshift.ConnectionString,
            new ManifestCopy(Redshift.Silver.Lake, RedshiftStand.LakeUri),
            (user, password) => service.Passwords.TryGetValue(user, out var given) && given.Contains(password)));
        var place = $"redshift://airport/dev?{options}via=npgsql&host=127.0.0.1&sslmode=disable&port={wire.Port}";
        var settings = SettingsReader.Read([], [new("Warehouse", place)]) with { Aws = TestAws.Options(Endpoint.Url) with { MaxAttempts = 1 } };
        return Keep(await new Places(settings, Logger, Clock).OpenWarehouseAsync(Token));
    }

    /// <summary>The limits of calls are beyond what the clock counts as waiting, so that it stands while they are under way.</summary>
    private static DynamoDbLeaseStore OpenLeases(Uri endpoint, string table, ILogger logger, TimeProvider clock)
    {
        var limit = FakeClock.LongestWait * 2;
        var options = new DynamoDbLeaseOptions { CallTimeout = limit, StartTimeout = limit, StartPatience = TimeSpan.FromMinutes(8) };
        return DynamoDbLeaseStore.Open(table, TestAws.Options(endpoint) with { MaxAttempts = 1 }, options, logger, clock);
    }

    internal T Keep<T>(T opened)
        where T : IAsyncDisposable
    {
        _opened.Add(opened);
        return opened;
    }

    /// <summary>All records of the stream, as text, without trouble.</summary>
    internal async Task<IReadOnlyList<string>> RecordsAsync()
    {
        await using var stream = TestStream.Open(Endpoint.Url, Stream);
        return [.. (await TestStream.ReadAllAsync(stream)).Select(TestStream.Text)];
    }

    /// <summary>The text of an object, without trouble.</summary>
    internal async Task<string> TextAsync(string key)
    {
        using var lake = TestBucket.Open(Endpoint.Url, Bucket);
        return Encoding.UTF8.GetString(await lake.GetAsync(key, Token));
    }

    public async ValueTask DisposeAsync()
    {
        for (var last = _opened.Count - 1; last >= 0; last--)
        {
            await _opened[last].DisposeAsync();
        }

        _used.ForEach(used => used.Dispose());
        await (Redshift as IAsyncDisposable ?? Endpoint).DisposeAsync();
    }
}
