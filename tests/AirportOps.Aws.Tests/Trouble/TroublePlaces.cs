using AirportOps.Aws.Leases;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Aws.Tests.Redshift;
using AirportOps.Cleaning;
using AirportOps.Lake;
using AirportOps.Pipeline.Loading;
using AirportOps.Reliability;
using AirportOps.Streams;
using AirportOps.Streams.Leases;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Redshift;
using AirportOps.Warehouse.Redshift.DataApi;
using AirportOps.Warehouse.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Aws.Tests.Trouble;

/// <summary>Every call to AWS that the stages make, for the tables of trouble. A place of another service is added here.</summary>
internal static class TroublePlaces
{
    private const string Shard = "shardId-000000000000";
    private const string Warehouse = "The warehouse at redshift://airport/dev ";
    private const string Secret = $"secret={RedshiftService.SecretArn}&";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static IReadOnlyList<TroublePlace> All { get; } =
    [
        OfStream("DescribeStreamSummary", scene => Then(async () => Assert.Single(await scene.OpenStream().ListShardsAsync(Token)))) with
        {
            IsFirst = true,
            Missing = scene => $"There is no stream kinesis:{scene.Stream} in this account and region (",
        },
        OfStream("ListShards", async scene =>
        {
            var stream = scene.OpenStream();
            await stream.ListShardsAsync(Token);
            return async () => Assert.Single(await stream.ListShardsAsync(Token));
        }),
        OfStream("GetShardIterator", async scene =>
        {
            var stream = scene.OpenStream();
            await stream.ListShardsAsync(Token);
            return async () => Assert.Single((await scene.Keep(await stream.OpenReaderAsync(Shard, StreamPosition.TrimHorizon, Token)).ReadAsync(9, 99, Token)).Records);
        }) with
        {
            Missing = scene => $"The stream kinesis:{scene.Stream} has no shard '{Shard}' (any more): ",
        },
        OfStream("GetRecords", async scene =>
        {
            var reader = scene.Keep(await scene.OpenStream().OpenReaderAsync(Shard, StreamPosition.TrimHorizon, Token));
            return async () =>
            {
                while (true)
                {
                    using var batch = await reader.ReadAsync(9, 99, Token);
                    if (batch.Records.Count > 0)
                    {
                        Assert.Equal("1", TestStream.Text(Assert.Single(batch.Records)));
                        return;
                    }

                    // Never "nothing is left" while it can't be known.
                    Assert.True(batch.Lag > TimeSpan.Zero);
                    await Task.Delay(TimeSpan.FromSeconds(1), scene.Clock, Token);
                }
            };
        }),
        OfStream("PutRecords", async scene =>
        {
            var writer = scene.Keep(await scene.OpenStream().OpenWriterAsync(Token));
            return async () =>
            {
                await writer.WriteAsync([TestStream.Record("a", 2), TestStream.Record("a", 3), TestStream.Record("b", 4)], Token);
                var records = await scene.RecordsAsync();
                Assert.Equal(["1", "2", "3", "4"], records.Order(StringComparer.Ordinal));
                Assert.True(records.ToList().IndexOf("2") < records.ToList().IndexOf("3"));
            };
        }),
        OfLake("first list", "s3:ListBucket", IsList, _ => "bucket", scene => Then(async () => Assert.NotNull(await scene.OpenLake().HeadAsync(TroubleScene.Key, Token))))
            with
        {
            IsFirst = true,
            Missing = scene => $"There is no bucket {scene.Bucket}; ",
        },
        OfLake("list", "s3:ListBucket", IsList, _ => "bucket", scene => Warm(scene, async lake => Assert.Equal(1, await lake.ListAsync("", null, Token).CountAsync(Token)))),
        OfLake("head", "s3:GetObject", request => request.Method == "HEAD", _ => TroubleScene.Key, scene => Warm(
            scene, async lake => Assert.NotNull(await lake.HeadAsync(TroubleScene.Key, Token)))) with
        {
            IsWithoutBody = true,
            MissingIsNone = "Without a body nobody can tell a bucket from an object, which may be absent: S3LakeTests.",
        },
        OfLake("get", "s3:GetObject", IsGet, _ => TroubleScene.Key, scene => Warm(
            scene, async lake => Assert.Equal("there"u8.ToArray(), await lake.GetAsync(TroubleScene.Key, Token)))),
        OfLake("range", "s3:GetObject", IsGet, _ => TroubleScene.Key, scene => Warm(
            scene, async lake => Assert.Equal("her"u8.ToArray(), await lake.GetRangeAsync(TroubleScene.Key, 1, 3, Token)))),
        OfLake("put", "s3:PutObject", request => request.Method == "PUT", _ => "new", scene => Warm(scene, async lake =>
        {
            Assert.True(await lake.PutAsync("new", "content"u8.ToArray(), PutMode.IfAbsent, Token));
            Assert.Equal("content", await scene.TextAsync("new"));
        })),
        OfLake("upload", "s3:PutObject", request => request.Method is "POST" or "PUT", _ => "large", scene => Warm(scene, async lake =>
        {
            await using var upload = await lake.CreateAsync("large", Token);
            await upload.WriteAsync(new byte[6 << 20], Token);
            Assert.True(await upload.CompleteAsync(PutMode.IfAbsent, Token));
            Assert.Equal(6 << 20, (await scene.TextAsync("large")).Length);
        })),
        OfLake("delete", "s3:DeleteObject", request => request.Method == "DELETE", _ => TroubleScene.Key, scene => Warm(scene, async lake =>
        {
            await lake.DeleteAsync(TroubleScene.Key, Token);
            Assert.Null(await lake.TryGetAsync(TroubleScene.Key, Token));
        })),
        OfLeases("DescribeTable", "DescribeTable", scene => Then(() => scene.OpenLeases().EnsureReadyAsync(Token))) with
        {
            MissingIsNone = "A table that is not there is created: DynamoDbLeaseStoreTests.",
        },
        OfLeases("CreateTable", "CreateTable", scene =>
        {
            scene.Table = TroubleScene.NewTable();
            var leases = scene.OpenLeases();
            return Then(async () =>
            {
                await leases.EnsureReadyAsync(Token);
                Assert.Empty(await leases.ListAsync("", Token));
            });
        }) with
        {
            MissingIsNone = "Nothing is asked for, it is made.",
        },
        AtHeartbeats("list leases", "Scan", async (leases, lease) => Assert.Equal([lease], await leases.ListAsync(lease.Key, Token))),
        AtHeartbeats("take a lease", "UpdateItem", async (leases, lease) =>
        {
            Assert.True(await leases.TryTakeAsync(lease.Key, lease, "b", Token));
            Assert.Equal(("b", 2), (await leases.ListAsync(lease.Key, Token)).Select(taken => (taken.Owner, taken.Counter)).Single());
        }),
        AtHeartbeats("renew a lease", "UpdateItem", async (leases, lease) => Assert.Equal(2, (await leases.TryRenewAsync(lease.Key, "a", Token))!.Counter)),
        AtHeartbeats("delete a lease", "DeleteItem", async (leases, lease) =>
        {
            await leases.DeleteAsync(lease, Token);
            Assert.Empty(await leases.ListAsync(lease.Key, Token));
        }),
        OfQuery("first statement", "ExecuteStatement", scene => Then(() => QueryAsync(scene.OpenWarehouse()))) with { IsFirst = true },
        OfQuery("ExecuteStatement", "ExecuteStatement", WarmQuery),
        OfQuery("DescribeStatement", "DescribeStatement", WarmQuery),
        OfQuery("GetStatementResult", "GetStatementResult", WarmQuery),
        OfDataApi("BatchExecuteStatement", "BatchExecuteStatement", "refused a transaction, of which nothing was done: ", async scene =>
        {
            var warehouse = scene.OpenWarehouse();
            await QueryAsync(warehouse);
            var stand = scene.Redshift;
            var shard = $"{Guid.NewGuid():N}";
            var window = await stand.Silver.WindowAsync(shard, Entity.FlightEvent, Flight(shard, "14:00", "departed"));
            var staging = new RedshiftStagingStore(warehouse, new RedshiftLoadOptions { LakeUri = RedshiftStand.LakeUri }, NullLogger.Instance);
            return async () =>
            {
                Assert.Equal(new LoadOutcome(1, 1, 0), await staging.LoadAsync([window], stand.Silver.Lake, Token));
                Assert.Equal(["1"], await stand.Database.RowsAsync($"SELECT COUNT(*) FROM staging.flight_event WHERE event_id = '{shard}'"));
                Assert.Equal(["1"], await stand.Database.RowsAsync($"SELECT flight_rows FROM ops.load_batch WHERE shard = '{shard}'"));
            };
        }),
        OfLogin("first secret", "secretsmanager:GetSecretValue", Secret, scene => Then(() => ConnectAsync(scene, Secret))) with { IsFirst = true },
        OfLogin("secret", "secretsmanager:GetSecretValue", Secret, scene => Reconnect(scene, Secret)),
        OfLogin("first temporary password", "redshift-serverless:GetCredentials", "", scene => Then(() => ConnectAsync(scene, ""))) with { IsFirst = true },
        OfLogin("temporary password", "redshift-serverless:GetCredentials", "", scene => Reconnect(scene, "")),
    ];

    /// <summary>The names of all rows.</summary>
    internal static TheoryData<string> Names(Func<TroublePlace, bool> wanted) => new(All.Where(wanted).Select(place => place.Name));

    /// <summary>A row by its name.</summary>
    internal static TroublePlace Of(string name) => All.Single(place => place.Name == name);

    private static TroublePlace OfStream(string operation, Func<TroubleScene, Task<Func<Task>>> prepare) =>
        new(
            operation,
            $"kinesis:{operation}",
            scene => $"stream/{scene.Stream}",
            scene => $"The stream kinesis:{scene.Stream} can't be used: ",
            request => request.Operation == operation,
            prepare);

    private static TroublePlace OfLake(
        string name, string action, Func<ReceivedRequest, bool> matches, Func<TroubleScene, string> key, Func<TroubleScene, Task<Func<Task>>> prepare) =>
        new(
            name,
            action,
            scene => key(scene) == "bucket" ? $"bucket {scene.Bucket}" : $"{scene.Bucket}/{key(scene)}",
            scene => $"The lake s3://{scene.Bucket} can't be used: ",
            matches,
            prepare);

    private static TroublePlace OfLeases(string name, string operation, Func<TroubleScene, Task<Func<Task>>> prepare) => new(
        name,
        $"dynamodb:{operation}",
        scene => $"table/{scene.Table}",
        scene => $"The lease table {scene.Table} can't be used: ",
        request => request.Operation == operation,
        prepare);

    /// <summary>Of a worker, which tries again at its next heartbeat what met trouble that passes: a lease that runs out meanwhile costs no record.</summary>
    private static TroublePlace AtHeartbeats(string name, string operation, Func<DynamoDbLeaseStore, Lease, Task> work) => OfLeases(name, operation, async scene =>
    {
        var leases = scene.OpenLeases();
        var key = $"{Guid.NewGuid():N}";
        Assert.True(await leases.TryTakeAsync(key, null, "a", Token));
        var lease = (await leases.ListAsync(key, Token)).Single();
        return async () =>
        {
            while (true)
            {
                try
                {
                    await work(leases, lease);
                    return;
                }
                catch (StreamException trouble) when (trouble.Fault is Fault.Outside)
                {
                    await Task.Delay(TimeSpan.FromSeconds(2), scene.Clock, Token);
                }
            }
        };
    }) with
    {
        WaitsForEver = true,
        Missing = scene => $"There is no lease table {scene.Table} in this account and region (",
    };

    private static TroublePlace OfQuery(string name, string operation, Func<TroubleScene, Task<Func<Task>>> prepare) =>
        OfDataApi(name, operation, "could not answer a query: ", prepare);

    private static TroublePlace OfDataApi(string name, string operation, string begin, Func<TroubleScene, Task<Func<Task>>> prepare) => new(
        name, $"redshift-data:{operation}", _ => "workgroup airport", _ => $"{Warehouse}{begin}", request => request.Operation == operation, prepare);

    private static TroublePlace OfLogin(string name, string action, string secret, Func<TroubleScene, Task<Func<Task>>> prepare) => new(
        name,
        action,
        _ => secret.Length == 0 ? "workgroup airport" : RedshiftService.SecretArn,
        _ => $"{Warehouse}can't be reached: ",
        request => request.Operation == action[(action.IndexOf(':', StringComparison.Ordinal) + 1)..],
        prepare);

    private static bool IsList(ReceivedRequest request) => request.Method == "GET" && request.Path.Contains("list-type=2", StringComparison.Ordinal);

    private static bool IsGet(ReceivedRequest request) => request.Method == "GET" && !IsList(request);

    private static async Task QueryAsync(DataApiWarehouse warehouse) => Assert.Equal([["1"]], await warehouse.QueryAsync("SELECT 1", Token));

    /// <summary>A query of a warehouse that has answered.</summary>
    private static async Task<Func<Task>> WarmQuery(TroubleScene scene)
    {
        var warehouse = scene.OpenWarehouse();
        await QueryAsync(warehouse);
        return () => QueryAsync(warehouse);
    }

    private static async Task ConnectAsync(TroubleScene scene, string secret) => await AskAsync(await scene.ConnectAsync(secret));

    /// <summary>A connection to a warehouse there was one to before; each has a login of its own.</summary>
    private static async Task<Func<Task>> Reconnect(TroubleScene scene, string secret)
    {
        var warehouse = await scene.ConnectAsync(secret);
        return () => AskAsync(warehouse);
    }

    private static async Task AskAsync(IWarehouse warehouse)
    {
        await using var answer = await new QueryRunner(warehouse).RunAsync("SELECT 1", null, Token);
        Assert.Equal([1], (await answer.RowsAsync(Token).ToListAsync(Token)).Select(row => row[0]));
    }

    private static Task<Func<Task>> Then(Func<Task> work) => Task.FromResult(work);

    /// <summary>A lake that is known to be there.</summary>
    private static async Task<Func<Task>> Warm(TroubleScene scene, Func<ILake, Task> work)
    {
        var lake = scene.OpenLake();
        await lake.HeadAsync(TroubleScene.Key, Token);
        return () => work(lake);
    }
}
