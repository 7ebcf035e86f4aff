using AirportOps.Aws.Kinesis;
using AirportOps.Lake;
using AirportOps.Streams;
using Amazon.Kinesis.Model;
using Amazon.S3.Model;

namespace AirportOps.Aws.Connecting;

/// <summary>A stream and a bucket of one name, made anew for one run on an emulator; they end with the emulator.</summary>
/// <param name="Stream">The stream as a URI.</param>
/// <param name="Lake">The lake as a URI.</param>
public sealed record AwsSandbox(string Stream, string Lake)
{
    /// <summary>Makes both.</summary>
    /// <param name="name">Fit for a stream and a bucket.</param>
    /// <param name="shardCount">Shards of the stream.</param>
    /// <param name="aws">How the emulator is reached.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StreamException">The stream can't be made.</exception>
    /// <exception cref="LakeException">The bucket can't be made.</exception>
    public static async Task<AwsSandbox> CreateAsync(string name, int shardCount, AwsOptions aws, CancellationToken cancellationToken)
    {
        var clients = new AwsClients(aws);
        using var kinesis = clients.Kinesis();
        try
        {
            await kinesis
                .CreateStreamAsync(new CreateStreamRequest { StreamName = name, ShardCount = shardCount }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
        {
            throw new KinesisPlace(name, aws.Endpoint, new KinesisStreamOptions()).Failure(exception, "kinesis:CreateStream");
        }

        using var s3 = clients.S3();
        try
        {
            await s3.PutBucketAsync(new PutBucketRequest { BucketName = name }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
        {
            var trouble = AwsTrouble.Of(exception, "s3:CreateBucket", $"bucket {name}", aws.Endpoint);
            throw new LakeException($"The lake s3://{name} can't be made: {trouble.Cause}.", trouble.Fault, exception);
        }

        return new AwsSandbox($"kinesis:{name}", $"s3://{name}");
    }
}
