using System.Globalization;
using System.Net;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Aws.Tests.Kinesis;

/// <summary>What writing does when the service takes only a part, late, or not at all.</summary>
public sealed class WriterTests(AwsEmulators emulators)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Partial_failures_are_sent_again_alone_and_each_key_keeps_its_order(int seed)
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        await using var stream = TestStream.Open(proxy.Url, await TestStream.CreateAsync(proxy.Url, 3));
        var random = new Random(seed);
        proxy.Next(IsPut, 40, exchange => Happenings.RefuseRecords(_ => NextDouble() < 0.4)(exchange));
        var records = Enumerable.Range(0, 1500).Select(number => TestStream.Record($"key {number * number % 97}", number)).ToArray();

        await using (var writer = await stream.OpenWriterAsync(Token))
        {
            await writer.WriteAsync(records.AsSpan(0, 1000).ToArray(), Token);
            await writer.WriteAsync(records.AsSpan(1000).ToArray(), Token);
        }

        var read = await TestStream.ReadAllAsync(stream);
        AssertEachKeyInOrder(records, read, $"seed {seed}");
        Assert.All(proxy.Requests.Where(IsPut), request => Assert.Distinct(Keys(request)));

        double NextDouble()
        {
            lock (random)
            {
                return random.NextDouble();
            }
        }
    }

    [Fact]
    public async Task A_failed_record_holds_back_its_own_key_only()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        await using var stream = TestStream.Open(
            proxy.Url, await TestStream.CreateAsync(proxy.Url, 1), TestStream.Fast with { MaxRequests = 1 });
        proxy.Next(IsPut, 1, Happenings.RefuseRecords(number => number == 0));
        await using var writer = await stream.OpenWriterAsync(Token);

        await writer.WriteAsync([TestStream.Record("a", 1), TestStream.Record("b", 2), TestStream.Record("a", 3), TestStream.Record("b", 4)], Token);

        var requests = proxy.Requests.Where(IsPut).Select(request => string.Join(' ', Keys(request))).ToArray();
        Assert.Equal("a b", requests[0]);
        Assert.Equal((3, 2), (requests.Count(keys => keys.Contains('a', StringComparison.Ordinal)), requests.Count(keys => keys.Contains('b', StringComparison.Ordinal))));
        Assert.Equal(["1", "3"], (await TestStream.ReadAllAsync(stream)).Where(record => record.PartitionKey == "a").Select(TestStream.Text));
    }

    [Fact]
    public async Task Throttled_and_failed_requests_lose_and_reorder_nothing()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        await using var stream = TestStream.Open(proxy.Url, await TestStream.CreateAsync(proxy.Url, 2));
        proxy.Next(IsPut, 3, Happenings.Error("ProvisionedThroughputExceededException"));
        proxy.Next(IsPut, 2, Happenings.Error("InternalFailure", status: HttpStatusCode.InternalServerError));
        proxy.Next(IsPut, 2, Happenings.Reset);
        proxy.Next(IsPut, 1, Happenings.Error("LimitExceededException"));
        var records = Enumerable.Range(0, 700).Select(number => TestStream.Record($"key {number % 50}", number)).ToArray();
        await using var writer = await stream.OpenWriterAsync(Token);

        await writer.WriteAsync(records, Token);

        AssertEachKeyInOrder(records, await TestStream.ReadAllAsync(stream), "");
    }

    [Fact]
    public async Task Lost_answers_may_double_records_and_lose_none()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        await using var stream = TestStream.Open(proxy.Url, await TestStream.CreateAsync(proxy.Url, 2));
        proxy.Next(IsPut, 4, Happenings.LostAnswer);
        proxy.Next(IsPut, 1, Happenings.Late(TimeSpan.FromMilliseconds(30)));
        var records = Enumerable.Range(0, 300).Select(number => TestStream.Record($"key {number % 60}", number)).ToArray();
        await using var writer = await stream.OpenWriterAsync(Token);

        await writer.WriteAsync(records, Token);

        var read = await TestStream.ReadAllAsync(stream);
        Assert.True(read.Count > records.Length);
        AssertEachKeyInOrder(records, read.DistinctBy(TestStream.Text).ToList(), "");
        Assert.All(
            read.GroupBy(record => record.PartitionKey),
            key => Assert.Equal(key.Select(TestStream.Text).Select(int.Parse).Order(), key.Select(TestStream.Text).Select(int.Parse)));
    }

    [Fact]
    public async Task Requests_stay_below_500_records_and_5_MiB_with_their_keys()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        await using var stream = TestStream.Open(
            proxy.Url, await TestStream.CreateAsync(proxy.Url, 2), TestStream.Fast with { MaxRequests = 1 });
        await using var writer = await stream.OpenWriterAsync(Token);
        var large = new byte[1 << 20];

        await writer.WriteAsync(Enumerable.Range(0, 1200).Select(number => TestStream.Record($"small {number}", number)).ToArray(), Token);
        await writer.WriteAsync(Enumerable.Range(0, 6).Select(number => new OutgoingRecord($"large {number}", large)).ToArray(), Token);

        Assert.Equal([500, 500, 200, 4, 2], proxy.Requests.Where(IsPut).Select(request => Keys(request).Count()));
        Assert.Equal(1206, (await TestStream.ReadAllAsync(stream)).Count);
    }

    [Fact]
    public async Task A_record_over_one_MiB_is_refused_before_anything_is_written()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        await using var stream = TestStream.Open(proxy.Url, await TestStream.CreateAsync(proxy.Url, 1));
        await using var writer = await stream.OpenWriterAsync(Token);

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => writer.WriteAsync([TestStream.Record("k", 1), new("k", new byte[(1 << 20) + 1])], Token));

        Assert.Equal("Record 2 has 1048577 bytes; expected at most 1048576.", error.Message);
        Assert.DoesNotContain(proxy.Requests, IsPut);
    }

    [Fact]
    public async Task Throttling_is_waited_out_beyond_all_patience_and_the_hot_shard_named()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        var logger = new RecordingLogger();
        var name = await TestStream.CreateAsync(proxy.Url, 1);
        await using var stream = TestStream.Open(proxy.Url, name, TestStream.Fast with { Patience = TimeSpan.Zero }, logger);
        proxy.Next(IsPut, 5, Happenings.RefuseRecords(_ => true));
        await using var writer = await stream.OpenWriterAsync(Token);

        await writer.WriteAsync([TestStream.Record("busy", 1)], Token);

        Assert.Equal("1", TestStream.Text(Assert.Single(await TestStream.ReadAllAsync(stream))));
        Assert.Contains(
            $"9001 Warning: stream kinesis:{name} waits: kinesis:PutRecords is throttled (ProvisionedThroughputExceededException);"
            + " it goes on by itself, slower.",
            logger.Lines);
        Assert.Contains(
            $"6003 Warning: Stream {name}: shard shardId-000000000000 is hot: 1 writes were throttled in 1 s, 100 % of them of key 'busy'."
            + " Split the shard, or spread the key.",
            logger.Lines);
        Assert.Contains($"9003 Information: stream kinesis:{name} goes on after 0 s.", logger.Lines);
    }

    [Fact]
    public async Task An_outage_beyond_patience_is_told_as_one_that_passes()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        var name = await TestStream.CreateAsync(proxy.Url, 1);
        await using var stream = TestStream.Open(proxy.Url, name, TestStream.Fast with { Patience = TimeSpan.Zero });
        proxy.Next(IsPut, 1, Happenings.Error("InternalFailure", status: HttpStatusCode.InternalServerError));
        await using var writer = await stream.OpenWriterAsync(Token);

        var error = await Assert.ThrowsAsync<StreamException>(() => writer.WriteAsync([TestStream.Record("k", 1)], Token));

        Assert.Equal(Fault.Outside, error.Fault);
        Assert.Equal(
            $"The stream kinesis:{name} can't be used: the service failed (InternalFailure, HTTP status 500); wait, then it goes on.", error.Message);
    }

    [Fact]
    public async Task What_waiting_does_not_cure_is_told_at_once()
    {
        await using var proxy = await ScriptedEndpoint.StartAsync(await emulators.KinesisAsync());
        var name = await TestStream.CreateAsync(proxy.Url, 1);
        await using var stream = TestStream.Open(proxy.Url, name);
        proxy.Next(IsPut, 1, Happenings.Error("AccessDeniedException", "User: me is not authorized"));
        await using var writer = await stream.OpenWriterAsync(Token);

        var error = await Assert.ThrowsAsync<StreamException>(() => writer.WriteAsync([TestStream.Record("k", 1)], Token));

        Assert.Equal(Fault.Operator, error.Fault);
        Assert.Equal(
            $"The stream kinesis:{name} can't be used: access denied: allow kinesis:PutRecords on stream/{name} in the policy of the"
            + " credentials in use (User: me is not authorized).",
            error.Message);
        Assert.Single(proxy.Requests, IsPut);
    }

    private static bool IsPut(ReceivedRequest request) => request.Operation == "PutRecords";

    private static IEnumerable<string> Keys(ReceivedRequest request) =>
        request.Json["Records"]!.AsArray().Select(record => (string)record!["PartitionKey"]!);

    private static void AssertEachKeyInOrder(OutgoingRecord[] written, List<StreamRecord> read, string seed)
    {
        Assert.True(written.Length == read.Count, string.Create(CultureInfo.InvariantCulture, $"{read.Count} records of {written.Length}, {seed}"));
        Assert.Equal(
            written.GroupBy(record => record.PartitionKey).OrderBy(key => key.Key, StringComparer.Ordinal)
                .Select(key => (key.Key, string.Join(' ', key.Select(record => System.Text.Encoding.UTF8.GetString(record.Data.Span))))),
            read.GroupBy(record => record.PartitionKey).OrderBy(key => key.Key, StringComparer.Ordinal)
                .Select(key => (key.Key, string.Join(' ', key.Select(TestStream.Text)))));
    }
}
