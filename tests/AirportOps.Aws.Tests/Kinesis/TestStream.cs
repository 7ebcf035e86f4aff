using System.Globalization;
using System.Text;
using AirportOps.Aws.Kinesis;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Streams;
using AirportOps.Testing;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Tests.Kinesis;

/// <summary>Streams on an emulator, and what tests do with them.</summary>
internal static class TestStream
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    /// <summary>Fast waits: the emulator has no limits of rate.</summary>
    public static KinesisStreamOptions Fast { get; } = new()
    {
        ReadInterval = TimeSpan.Zero,
        PollInterval = TimeSpan.FromMilliseconds(5),
        RetryDelay = TimeSpan.FromMilliseconds(1),
        ReportInterval = TimeSpan.Zero,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Creates a stream and waits until it is active.</summary>
    /// <returns>Its name.</returns>
    public static async Task<string> CreateAsync(Uri emulator, int shardCount)
    {
        using var client = TestAws.Clients(emulator).Kinesis();
        var name = $"test-{Guid.NewGuid():N}";
        await client.CreateStreamAsync(new CreateStreamRequest { StreamName = name, ShardCount = shardCount }, Token);
        await WaitUntilActiveAsync(client, name);
        return name;
    }

    public static Task WaitUntilActiveAsync(IAmazonKinesis client, string name) => Deadline.UntilAsync(
        $"the stream {name} is active",
        async () => (await client.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = name }, Token))
            .StreamDescriptionSummary!.StreamStatus == StreamStatus.ACTIVE,
        Soon,
        Token);

    public static KinesisStream Open(Uri endpoint, string name, KinesisStreamOptions? options = null, ILogger? logger = null, TimeProvider? clock = null) =>
        KinesisStream.Open(name, TestAws.Options(endpoint) with { MaxAttempts = 1 }, options ?? Fast, logger ?? NullLogger.Instance, clock ?? TimeProvider.System);

    public static OutgoingRecord Record(string key, int number) =>
        new(key, Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>All records of a stream, shard after shard, each shard read until it ends or there is nothing more.</summary>
    public static async Task<List<StreamRecord>> ReadAllAsync(IEventStream stream)
    {
        var records = new List<StreamRecord>();
        foreach (var shard in await stream.ListShardsAsync(Token))
        {
            await using var reader = await stream.OpenReaderAsync(shard.Id, StreamPosition.TrimHorizon, Token);
            await Deadline.UntilAsync(
                $"all records of {stream.Name} shard {shard.Id} are read",
                async () =>
                {
                    var batch = await reader.ReadAsync(10_000, 10_000_000, Token);
                    records.AddRange(batch.Records);
                    return batch.EndOfShard || (batch.Records.Count == 0 && batch.Lag == TimeSpan.Zero);
                },
                Soon,
                Token);
        }

        return records;
    }

    public static string Text(StreamRecord record) => Encoding.UTF8.GetString(record.Data.Span);
}
