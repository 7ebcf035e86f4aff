using AirportOps.Aws.Clients.Runtime;
using Amazon.KinesisFirehose.Model;
using Amazon.Runtime;

namespace Amazon.KinesisFirehose;

/// <inheritdoc cref="IAmazonKinesisFirehose"/>
/// <remarks>With the official package's names, so that it can take this one's place.</remarks>
public sealed class AmazonKinesisFirehoseClient : ThinServiceClient, IAmazonKinesisFirehose
{
    /// <summary>Makes a client with the SDK's credential chain.</summary>
    public AmazonKinesisFirehoseClient(AmazonKinesisFirehoseConfig config)
        : base(config)
    {
    }

    /// <summary>Makes a client with given credentials.</summary>
    public AmazonKinesisFirehoseClient(AWSCredentials credentials, AmazonKinesisFirehoseConfig config)
        : base(credentials, config)
    {
    }

    /// <inheritdoc/>
    public Task<PutRecordBatchResponse> PutRecordBatchAsync(PutRecordBatchRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(KinesisFirehoseOperations.PutRecordBatch, request, cancellationToken);
}
