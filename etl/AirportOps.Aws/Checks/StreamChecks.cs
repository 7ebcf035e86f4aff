using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace AirportOps.Aws.Checks;

/// <summary>What is needed of a stream of Kinesis.</summary>
internal static class StreamChecks
{
    private const string Readers = "bronze, silver, run";
    private const string Everybody = "bronze, silver, run, simulate, ingest";

    /// <summary>One more than the greatest hash key there is: a record with it is refused, but only to whom writing is allowed.</summary>
    private const string NoHashKey = "340282366920938463463374607431768211456";

    /// <summary>The checks, in an order in which each finds what the next asks for.</summary>
    internal static IEnumerable<AwsCheck> Of(IAmazonKinesis client, string name, AwsIdentity identity)
    {
        var resource = identity.ArnOf("kinesis", $"stream/{name}");
        string? shard = null;
        string? iterator = null;
        yield return new AwsCheck("kinesis:DescribeStreamSummary", resource, Everybody, token =>
            client.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = name }, token));
        yield return new AwsCheck("kinesis:ListShards", resource, Everybody, async token =>
            shard = (await client.ListShardsAsync(new ListShardsRequest { StreamName = name }, token).ConfigureAwait(false)).Shards?.FirstOrDefault()?.ShardId);
        yield return new AwsCheck("kinesis:GetShardIterator", resource, Readers, async token =>
            iterator = (await client.GetShardIteratorAsync(
                new GetShardIteratorRequest { StreamName = name, ShardId = shard, ShardIteratorType = ShardIteratorType.LATEST },
                token).ConfigureAwait(false)).ShardIterator)
        {
            After = "kinesis:ListShards",
        };
        yield return new AwsCheck("kinesis:GetRecords", resource, Readers, token =>
            client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator, Limit = 1 }, token))
        {
            After = "kinesis:GetShardIterator",
        };
        yield return new AwsCheck("kinesis:PutRecords", resource, "simulate, ingest", token => PutNothingAsync(client, name, token));
    }

    private static async Task PutNothingAsync(IAmazonKinesis client, string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.PutRecordsAsync(
                new PutRecordsRequest
                {
                    StreamName = name,
                    Records = [new() { PartitionKey = "doctor", ExplicitHashKey = NoHashKey, Data = new MemoryStream("{}"u8.ToArray(), 0, 2, false, true) }],
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidArgumentException)
        {
            // The hash key, as meant.
        }
    }
}
