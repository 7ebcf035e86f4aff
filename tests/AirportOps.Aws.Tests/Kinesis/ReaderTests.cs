using System.Net;
using AirportOps.Aws.Kinesis;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Streams;
using Amazon.Kinesis.Model;
using Shard = AirportOps.Streams.Shard;

namespace AirportOps.Aws.Tests.Kinesis;

/// <summary>What reading does with the service's moods, and how it follows shards that split and merge.</summary>
public sealed class ReaderTests(AwsEmulators emulators)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_iterator_that_expired_is_renewed_where_the_reader_stands()
    {
        await using var kinesalite = await AwsEmulators.StartKinesaliteAsync();
        await using var stream = TestStream.Open(kinesalite.Url, await TestStream.CreateAsync(kinesalite.Url, 1));
        await WriteAsync(stream, 0, 5);
        await using var fresh = await stream.OpenReaderAsync("shardId-000000000000", StreamPosition.TrimHorizon, Token);
        await using var begun = await stream.OpenReaderAsync("shardId-000000000000", StreamPosition.TrimHorizon, Token);
        var first = await begun.ReadAsync(3, 1000, Token);

        await kinesalite.TellAsync("forward 360", Token);
        await WriteAsync(stream, 5, 2);

        Assert.Equal(["0", "1", "2"], first.Records.Select(TestStream.Text));
        Assert.Equal(["3", "4", "5", "6"], (await begun.ReadAsync(10, 1000, Token)).Records.Select(TestStream.Text));
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], (await fresh.ReadAsync(10, 1000, Token)).Records.Select(TestStream.Text));
    }

    [Fact]
    public async Task Throttled_reads_are_empty_with_a_lag_and_go_on_from_where_they_were()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        await using var stream = TestStream.Open(proxy.Url, await TestStream.CreateAsync(proxy.Url, 1), TestStream.Fast with { Patience = TimeSpan.Zero });
        await WriteAsync(stream, 0, 4);
        await using var reader = await stream.OpenReaderAsync("shardId-000000000000", StreamPosition.TrimHorizon, Token);
        proxy.Next(IsRead, 2, Happenings.Error("ProvisionedThroughputExceededException"));

        for (var read = 0; read < 2; read++)
        {
            var throttled = await reader.ReadAsync(10, 1000, Token);
            Assert.Equal((0, true, false), (throttled.Records.Count, throttled.Lag > TimeSpan.Zero, throttled.EndOfShard));
        }

        Assert.Equal(["0", "1", "2", "3"], (await reader.ReadAsync(10, 1000, Token)).Records.Select(TestStream.Text));
    }

    [Fact]
    public async Task A_lost_answer_loses_no_record_and_doubles_none()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        await using var stream = TestStream.Open(proxy.Url, await TestStream.CreateAsync(proxy.Url, 1));
        await WriteAsync(stream, 0, 4);
        await using var reader = await stream.OpenReaderAsync("shardId-000000000000", StreamPosition.TrimHorizon, Token);
        proxy.Next(IsRead, 1, Happenings.LostAnswer);
        proxy.Next(IsRead, 1, Happenings.Error("InternalFailure", status: HttpStatusCode.ServiceUnavailable));

        var read = new List<string>();
        while (read.Count < 4)
        {
            read.AddRange((await reader.ReadAsync(10, 1000, Token)).Records.Select(TestStream.Text));
        }

        Assert.Equal(["0", "1", "2", "3"], read);
    }

    [Fact]
    public async Task A_lag_without_records_is_passed_on()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        await using var stream = TestStream.Open(proxy.Url, await TestStream.CreateAsync(proxy.Url, 1));
        await using var reader = await stream.OpenReaderAsync("shardId-000000000000", StreamPosition.TrimHorizon, Token);
        proxy.Next(IsRead, 1, Happenings.Answer(HttpStatusCode.OK, """{"MillisBehindLatest":86400000,"NextShardIterator":"next","Records":[]}"""));
        proxy.Next(IsRead, 1, Happenings.Answer(HttpStatusCode.OK, """{"MillisBehindLatest":0,"NextShardIterator":"next","Records":[]}"""));

        var behind = await reader.ReadAsync(10, 1000, Token);
        var caughtUp = await reader.ReadAsync(10, 1000, Token);

        Assert.Equal((0, TimeSpan.FromDays(1)), (behind.Records.Count, behind.Lag));
        Assert.Equal((0, TimeSpan.Zero), (caughtUp.Records.Count, caughtUp.Lag));
    }

    [Fact]
    public async Task The_first_read_asks_for_no_more_than_the_caller_does()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        await using var stream = TestStream.Open(proxy.Url, await TestStream.CreateAsync(proxy.Url, 1));
        await WriteAsync(stream, 0, 3);
        await using var reader = await stream.OpenReaderAsync("shardId-000000000000", StreamPosition.TrimHorizon, Token);

        await reader.ReadAsync(1, 1, Token);
        await reader.ReadAsync(1, 1, Token);
        await reader.ReadAsync(1, 1, Token);

        Assert.Equal([1, 10_000], proxy.Requests.Where(IsRead).Select(request => (int)request.Json["Limit"]!));
    }

    [Fact]
    public async Task An_instant_in_the_future_starts_at_the_tip()
    {
        var kinesis = await emulators.KinesisAsync();
        await using var stream = TestStream.Open(kinesis, await TestStream.CreateAsync(kinesis, 1));
        await WriteAsync(stream, 0, 3);
        await using var reader = await stream.OpenReaderAsync(
            "shardId-000000000000", StreamPosition.AtTime(TimeProvider.System.GetUtcNow().AddHours(1)), Token);
        await WriteAsync(stream, 3, 2);

        Assert.Equal(["3", "4"], (await reader.ReadAsync(10, 1000, Token)).Records.Select(TestStream.Text));
    }

    [Fact]
    public async Task Shards_that_split_and_merge_are_read_parents_before_children_and_keys_keep_their_order()
    {
        var kinesis = await emulators.KinesisAsync();
        var name = await TestStream.CreateAsync(kinesis, 2);
        using var client = TestAws.Clients(kinesis).Kinesis();
        await using var stream = TestStream.Open(kinesis, name);
        await WriteAsync(stream, 0, 200, keys: 20);
        var range = (await client.ListShardsAsync(new ListShardsRequest { StreamName = name }, Token)).Shards![0].HashKeyRange!;
        await client.SplitShardAsync(
            new SplitShardRequest
            {
                StreamName = name,
                ShardToSplit = "shardId-000000000000",
                NewStartingHashKey = (UInt128.Parse(range.EndingHashKey!) / 2).ToString(),
            },
            Token);
        await TestStream.WaitUntilActiveAsync(client, name);
        await WriteAsync(stream, 200, 200, keys: 20);
        await client.MergeShardsAsync(
            new MergeShardsRequest { StreamName = name, ShardToMerge = "shardId-000000000003", AdjacentShardToMerge = "shardId-000000000001" }, Token);
        await TestStream.WaitUntilActiveAsync(client, name);
        await WriteAsync(stream, 400, 200, keys: 20);

        var shards = await stream.ListShardsAsync(Token);
        var read = await TestStream.ReadAllAsync(stream);

        Assert.Equal(
            [
                ("shardId-000000000000", ""), ("shardId-000000000001", ""), ("shardId-000000000002", "shardId-000000000000"),
                ("shardId-000000000003", "shardId-000000000000"), ("shardId-000000000004", "shardId-000000000003 shardId-000000000001"),
            ],
            shards.Select(shard => (shard.Id, string.Join(' ', shard.ParentIds))));
        var ends = await Task.WhenAll(shards.Select(shard => EndsAsync(stream, shard)));
        Assert.Equal([true, true, false, true, false], ends);
        Assert.Equal(600, read.Count);
        Assert.All(
            read.GroupBy(record => record.PartitionKey),
            key => Assert.Equal(key.Select(TestStream.Text).Select(int.Parse).Order(), key.Select(TestStream.Text).Select(int.Parse)));
    }

    [Fact]
    public void Parents_come_first_whatever_the_service_lists_first()
    {
        Amazon.Kinesis.Model.Shard[] listed =
        [
            new() { ShardId = "a", ParentShardId = "z", AdjacentParentShardId = "y" },
            new() { ShardId = "z", ParentShardId = "trimmed" },
            new() { ShardId = "y" },
        ];

        Assert.Equal(["y", "z", "a"], ShardOrder.ParentsFirst(listed).Select(shard => shard.Id));
    }

    [Fact]
    public async Task Reads_of_a_shard_are_kept_apart_whoever_makes_them()
    {
        var clock = new FakeClock();
        var pace = new ReadPace(TimeSpan.FromMilliseconds(200), clock);

        var turns = Enumerable.Range(0, 4).Select(_ => pace.WaitAsync(Token)).ToArray();
        var done = new List<int>();
        for (var step = 0; step < 4; step++)
        {
            done.Add(turns.Count(turn => turn.IsCompleted));
            clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        await Task.WhenAll(turns);
        Assert.Equal([1, 2, 3, 4], done);
    }

    private static bool IsRead(ReceivedRequest request) => request.Operation == "GetRecords";

    private static async Task<bool> EndsAsync(KinesisStream stream, Shard shard)
    {
        await using var reader = await stream.OpenReaderAsync(shard.Id, StreamPosition.TrimHorizon, Token);
        while (true)
        {
            var batch = await reader.ReadAsync(10_000, 10_000_000, Token);
            if (batch.EndOfShard || (batch.Records.Count == 0 && batch.Lag == TimeSpan.Zero))
            {
                return batch.EndOfShard;
            }
        }
    }

    private static async Task WriteAsync(KinesisStream stream, int from, int count, int keys = 1)
    {
        await using var writer = await stream.OpenWriterAsync(Token);
        await writer.WriteAsync(Enumerable.Range(from, count).Select(number => TestStream.Record($"key {number % keys}", number)).ToArray(), Token);
    }
}
