using System.Globalization;
using System.Net;
using System.Text.Json;
using AirportOps.Aws.Connecting;
using AirportOps.Aws.Leases;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Aws.Tests.S3;
using AirportOps.Cli.Tests.Support;
using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Workers;
using AirportOps.Streams;
using AirportOps.Streams.Leases;
using AirportOps.Testing;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Shard = Amazon.Kinesis.Model.Shard;

namespace AirportOps.Aws.Tests.Workers;

/// <summary>
/// A stream, a bucket and a lease table on emulators, the programs that work with them through proxies that throttle them now and then, and a folder
/// for the warehouse.
/// </summary>
internal sealed class WorkerScene : IAsyncDisposable
{
    /// <summary>How long a change of leases may take, with the machine busy.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    /// <summary>Such as emulators take.</summary>
    private static readonly Dictionary<string, string> Credentials = new()
    {
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    private readonly List<ScriptedEndpoint> _proxies = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TestFolder _folder = new();
    private readonly string _name = $"workers-{Guid.NewGuid():N}";
    private string _endpoint = string.Empty;
    private Uri _kinesis = null!;
    private Uri _moto = null!;
    private IAmazonKinesis _client = null!;
    private DynamoDbLeaseStore _leases = null!;

    /// <summary>How long a lease lasts, in seconds.</summary>
    public double LeaseSeconds { get; private init; }

    public TestFolder Folder => _folder;

    public string Ledger => _folder["ledger.jsonl"];

    public string Lake => $"s3://{_name}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Places => ["--data", _folder.Path, "--stream", $"kinesis:{_name}", "--lake", Lake, "--aws-endpoint", _endpoint, "--json"];

    /// <summary>Makes all of it.</summary>
    public static async Task<WorkerScene> CreateAsync(AwsEmulators emulators, int shardCount, double leaseSeconds)
    {
        var scene = new WorkerScene { LeaseSeconds = leaseSeconds };
        scene._kinesis = await emulators.KinesisAsync();
        var dynamoDb = await emulators.DynamoDbAsync();
        var moto = scene._moto = await emulators.MotoAsync();
        await AwsSandbox.CreateAsync(scene._name, shardCount, TestAws.Options(moto) with { Endpoint = $"{moto},kinesis={scene._kinesis}" }, Token);
        scene._client = TestAws.Clients(scene._kinesis).Kinesis();
        scene._leases = DynamoDbLeaseStore.Open(
            scene._name, TestAws.Options(dynamoDb), new DynamoDbLeaseOptions { CallTimeout = TimeSpan.FromMinutes(1) }, NullLogger.Instance, TimeProvider.System);
        await scene._leases.EnsureReadyAsync(Token);
        scene._endpoint = $"{await scene.ProxyAsync(moto, scene.DisturbS3)},kinesis={await scene.ProxyAsync(scene._kinesis, DisturbKinesis)},"
            + $"dynamodb={await scene.ProxyAsync(dynamoDb, DisturbDynamoDb)}";
        return scene;
    }

    /// <summary>Starts the program with the scene's places.</summary>
    public RunningProgram Start(params IEnumerable<string> arguments) => _folder.Start(Credentials, [.. arguments, .. Places]);

    /// <summary>Starts the program as a worker that shares shards.</summary>
    /// <param name="name">The worker's name.</param>
    /// <param name="arguments">The verb and its options.</param>
    public RunningProgram StartWorker(string name, params IEnumerable<string> arguments) => Start(
    [
        .. arguments, "--lease-table", _name, "--worker", name, "--lease-seconds", LeaseSeconds.ToString(CultureInfo.InvariantCulture),
    ]);

    /// <summary>Who has which shard of a stage now.</summary>
    public async Task<IReadOnlyList<Lease>> LeasesAsync(string stage) => await _leases.ListAsync($"{Lake}#{_name}/{stage}/", Token);

    /// <summary>Waits until a worker leads the loading.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> LoaderAsync(Func<string, bool> isWanted, params RunningProgram[] programs)
    {
        string? leader = null;
        await Deadline.UntilAsync(
            "a loader leads",
            async () =>
            {
                leader = (await _leases.ListAsync($"{Lake}#*/load/", Token)).SingleOrDefault()?.Owner?.Split('-')[0];
                foreach (var ended in programs.Where(program => program.HasEnded))
                {
                    Assert.Fail($"a loader ended before another one led: {await ended.WaitAsync()}");
                }

                return leader is not null && isWanted(leader);
            },
            Soon,
            Token);
        return leader!;
    }

    /// <summary>What status says, workers included.</summary>
    public async Task<JsonElement> StatusAsync() => (await Start("status", "--no-warehouse", "--lease-table", _name).WaitAsync()).Done().Json;

    /// <summary>Every record of the archive, each once.</summary>
    public async Task<IReadOnlyList<StreamRecord>> ArchivedAsync()
    {
        using var lake = TestBucket.Open(_moto, _name);
        await using var archive = new BronzeStream(lake, _name);
        return await TestStream.ReadAllAsync(archive);
    }

    /// <summary>Waits until the leases of Silver are so.</summary>
    public Task UntilAsync(string what, Func<IReadOnlyList<Lease>, bool> isSo, params RunningProgram[] programs) => UntilAsync(ShardLeases.Silver, what, isSo, programs);

    /// <summary>Waits until the leases of a stage are so.</summary>
    public Task UntilAsync(string stage, string what, Func<IReadOnlyList<Lease>, bool> isSo, params RunningProgram[] programs) => Deadline.UntilAsync(
        what,
        async () =>
        {
            foreach (var ended in programs.Where(program => program.HasEnded))
            {
                Assert.Fail($"a program ended before {what}: {await ended.WaitAsync()}");
            }

            return isSo(await LeasesAsync(stage));
        },
        Soon,
        Token);

    /// <summary>Whether a worker has at least one of the leases.</summary>
    public static bool Has(IEnumerable<Lease> leases, string worker) =>
        leases.Any(lease => lease.Owner?.StartsWith($"{worker}-", StringComparison.Ordinal) == true);

    /// <summary>The open shards, in the order of their hash keys.</summary>
    public async Task<IReadOnlyList<Shard>> OpenShardsAsync() =>
    [
        .. (await _client.ListShardsAsync(new ListShardsRequest { StreamName = _name }, Token)).Shards!
            .Where(shard => shard.SequenceNumberRange!.EndingSequenceNumber is null)
            .OrderBy(shard => UInt128.Parse(shard.HashKeyRange!.StartingHashKey!, CultureInfo.InvariantCulture)),
    ];

    /// <summary>Splits the first open shard in its middle.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> SplitAsync()
    {
        var shard = (await OpenShardsAsync())[0];
        var start = UInt128.Parse(shard.HashKeyRange!.StartingHashKey!, CultureInfo.InvariantCulture);
        var end = UInt128.Parse(shard.HashKeyRange.EndingHashKey!, CultureInfo.InvariantCulture);
        await _client.SplitShardAsync(
            new SplitShardRequest
            {
                StreamName = _name,
                ShardToSplit = shard.ShardId,
                NewStartingHashKey = (start + ((end - start) / 2) + 1).ToString(CultureInfo.InvariantCulture),
            },
            Token);
        await TestStream.WaitUntilActiveAsync(_client, _name);
        return shard.ShardId!;
    }

    /// <summary>Merges the last two open shards.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<string>> MergeAsync()
    {
        var shards = (await OpenShardsAsync()).TakeLast(2).ToList();
        await _client.MergeShardsAsync(
            new MergeShardsRequest { StreamName = _name, ShardToMerge = shards[0].ShardId, AdjacentShardToMerge = shards[1].ShardId }, Token);
        await TestStream.WaitUntilActiveAsync(_client, _name);
        return [shards[0].ShardId!, shards[1].ShardId!];
    }

    /// <summary>Every record of the stream, parents before children.</summary>
    public async Task<IReadOnlyList<StreamRecord>> RecordsAsync()
    {
        await using var stream = TestStream.Open(_kinesis, _name);
        return await TestStream.ReadAllAsync(stream);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _folder.DisposeAsync();
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        _client.Dispose();
        _leases.Dispose();
        _turn.Dispose();
    }

    private async Task<Uri> ProxyAsync(Uri emulator, Action<ScriptedEndpoint> disturb)
    {
        var proxy = await ScriptedEndpoint.StartAsync(emulator);
        proxy.KeepsRequests = false;
        disturb(proxy);
        _proxies.Add(proxy);
        return proxy.Url;
    }

    private static void DisturbKinesis(ScriptedEndpoint proxy)
    {
        proxy.Every(request => request.Operation == "GetRecords", 11, Happenings.Error("ProvisionedThroughputExceededException"));
        proxy.Every(request => request.Operation == "PutRecords", 7, Happenings.RefuseRecords(number => number % 5 == 0));
        proxy.Every(request => request.Operation == "ListShards", 5, Happenings.Error("LimitExceededException"));
    }

    private static void DisturbDynamoDb(ScriptedEndpoint proxy)
    {
        proxy.Every(request => request.Operation == "UpdateItem", 13, Happenings.Error("ProvisionedThroughputExceededException"));
        proxy.Every(request => request.Operation == "UpdateItem", 29, Happenings.LostAnswer);
        proxy.Every(request => request.Operation == "Scan", 9, Happenings.Error("ThrottlingException"));
    }

    /// <summary>moto's put if absent is not one step: two of many at once may succeed. In turn they are as on S3.</summary>
    private void DisturbS3(ScriptedEndpoint proxy)
    {
        proxy.Every(
            request => request.Method is "GET" or "PUT",
            41,
            Happenings.Answer(HttpStatusCode.ServiceUnavailable, "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>", "application/xml"));
        proxy.Next(request => request.Headers.ContainsKey("If-None-Match"), int.MaxValue, Happenings.InTurn(_turn));
    }
}
