using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Lake;
using AirportOps.Streams;

namespace AirportOps.Aws.Tests.Trouble;

/// <summary>Every call to AWS that the stages make, for the tables of trouble. A place of another service is added here.</summary>
internal static class TroublePlaces
{
    private const string Shard = "shardId-000000000000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static IReadOnlyList<TroublePlace> All { get; } =
    [
        OfStream("DescribeStreamSummary", scene => Then(async () => Assert.Single(await scene.OpenStream().ListShardsAsync(Token)))) with { IsFirst = true },
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
        }),
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
            with { IsFirst = true },
        OfLake("list", "s3:ListBucket", IsList, _ => "bucket", scene => Warm(scene, async lake => Assert.Equal(1, await lake.ListAsync("", null, Token).CountAsync(Token)))),
        OfLake("head", "s3:GetObject", request => request.Method == "HEAD", _ => TroubleScene.Key, scene => Warm(
            scene, async lake => Assert.NotNull(await lake.HeadAsync(TroubleScene.Key, Token)))) with { IsWithoutBody = true },
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
    ];

    /// <summary>The names of all rows.</summary>
    internal static TheoryData<string> Names(Func<TroublePlace, bool> wanted) => new(All.Where(wanted).Select(place => place.Name));

    /// <summary>A row by its name.</summary>
    internal static TroublePlace Of(string name) => All.Single(place => place.Name == name);

    private static TroublePlace OfStream(string operation, Func<TroubleScene, Task<Func<Task>>> prepare) =>
        new(operation, $"kinesis:{operation}", scene => $"stream/{scene.Stream}", request => request.Operation == operation, prepare);

    private static TroublePlace OfLake(
        string name, string action, Func<ReceivedRequest, bool> matches, Func<TroubleScene, string> key, Func<TroubleScene, Task<Func<Task>>> prepare) =>
        new(name, action, scene => key(scene) == "bucket" ? $"bucket {scene.Bucket}" : $"{scene.Bucket}/{key(scene)}", matches, prepare);

    private static bool IsList(ReceivedRequest request) => request.Method == "GET" && request.Path.Contains("list-type=2", StringComparison.Ordinal);

    private static bool IsGet(ReceivedRequest request) => request.Method == "GET" && !IsList(request);

    private static Task<Func<Task>> Then(Func<Task> work) => Task.FromResult(work);

    /// <summary>A lake that is known to be there.</summary>
    private static async Task<Func<Task>> Warm(TroubleScene scene, Func<ILake, Task> work)
    {
        var lake = scene.OpenLake();
        await lake.HeadAsync(TroubleScene.Key, Token);
        return () => work(lake);
    }
}
