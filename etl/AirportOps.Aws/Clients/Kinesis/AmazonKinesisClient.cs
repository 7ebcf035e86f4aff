using AirportOps.Aws.Clients.Runtime;
using Amazon.Kinesis.Model;
using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <inheritdoc cref="IAmazonKinesis"/>
/// <remarks>With the official package's names, so that it can take this one's place.</remarks>
public sealed class AmazonKinesisClient : ThinServiceClient, IAmazonKinesis
{
    /// <summary>Makes a client with the SDK's credential chain.</summary>
    public AmazonKinesisClient(AmazonKinesisConfig config)
        : base(config)
    {
    }

    /// <summary>Makes a client with given credentials.</summary>
    public AmazonKinesisClient(AWSCredentials credentials, AmazonKinesisConfig config)
        : base(credentials, config)
    {
    }

    /// <inheritdoc/>
    public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(KinesisOperations.PutRecords, request, cancellationToken);

    /// <inheritdoc/>
    public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(KinesisOperations.ListShards, request, cancellationToken);

    /// <inheritdoc/>
    public Task<GetShardIteratorResponse> GetShardIteratorAsync(
        GetShardIteratorRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(KinesisOperations.GetShardIterator, request, cancellationToken);

    /// <inheritdoc/>
    public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(KinesisOperations.GetRecords, request, cancellationToken);

    /// <inheritdoc/>
    public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(
        DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(KinesisOperations.DescribeStreamSummary, request, cancellationToken);

    /// <inheritdoc/>
    public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(KinesisOperations.CreateStream, request, cancellationToken);

    /// <inheritdoc/>
    public Task<DeleteStreamResponse> DeleteStreamAsync(DeleteStreamRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(KinesisOperations.DeleteStream, request, cancellationToken);

    /// <inheritdoc/>
    public Task<SplitShardResponse> SplitShardAsync(SplitShardRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(KinesisOperations.SplitShard, request, cancellationToken);

    /// <inheritdoc/>
    public Task<MergeShardsResponse> MergeShardsAsync(MergeShardsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(KinesisOperations.MergeShards, request, cancellationToken);
}
