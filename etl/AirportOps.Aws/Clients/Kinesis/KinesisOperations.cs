using AirportOps.Aws.Clients.Runtime;
using Amazon.Kinesis.Model;
using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>The operations with their shapes and errors.</summary>
internal static class KinesisOperations
{
    private static readonly ServiceErrors Errors = new(
        error => new AmazonKinesisException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        Typed());

    internal static readonly JsonOperation<PutRecordsRequest, PutRecordsResponse> PutRecords =
        new(AmazonKinesisConfig.ServiceIdentity, "PutRecords", KinesisJson.Default.PutRecordsRequest, KinesisJson.Default.PutRecordsResponse, Errors);

    internal static readonly JsonOperation<ListShardsRequest, ListShardsResponse> ListShards =
        new(AmazonKinesisConfig.ServiceIdentity, "ListShards", KinesisJson.Default.ListShardsRequest, KinesisJson.Default.ListShardsResponse, Errors);

    internal static readonly JsonOperation<GetShardIteratorRequest, GetShardIteratorResponse> GetShardIterator =
        new(AmazonKinesisConfig.ServiceIdentity, "GetShardIterator", KinesisJson.Default.GetShardIteratorRequest, KinesisJson.Default.GetShardIteratorResponse, Errors);

    internal static readonly JsonOperation<GetRecordsRequest, GetRecordsResponse> GetRecords =
        new(AmazonKinesisConfig.ServiceIdentity, "GetRecords", KinesisJson.Default.GetRecordsRequest, KinesisJson.Default.GetRecordsResponse, Errors);

    internal static readonly JsonOperation<DescribeStreamSummaryRequest, DescribeStreamSummaryResponse> DescribeStreamSummary =
        new(AmazonKinesisConfig.ServiceIdentity, "DescribeStreamSummary", KinesisJson.Default.DescribeStreamSummaryRequest, KinesisJson.Default.DescribeStreamSummaryResponse, Errors);

    internal static readonly JsonOperation<CreateStreamRequest, CreateStreamResponse> CreateStream =
        new(AmazonKinesisConfig.ServiceIdentity, "CreateStream", KinesisJson.Default.CreateStreamRequest, KinesisJson.Default.CreateStreamResponse, Errors);

    internal static readonly JsonOperation<DeleteStreamRequest, DeleteStreamResponse> DeleteStream =
        new(AmazonKinesisConfig.ServiceIdentity, "DeleteStream", KinesisJson.Default.DeleteStreamRequest, KinesisJson.Default.DeleteStreamResponse, Errors);

    internal static readonly JsonOperation<SplitShardRequest, SplitShardResponse> SplitShard =
        new(AmazonKinesisConfig.ServiceIdentity, "SplitShard", KinesisJson.Default.SplitShardRequest, KinesisJson.Default.SplitShardResponse, Errors);

    internal static readonly JsonOperation<MergeShardsRequest, MergeShardsResponse> MergeShards =
        new(AmazonKinesisConfig.ServiceIdentity, "MergeShards", KinesisJson.Default.MergeShardsRequest, KinesisJson.Default.MergeShardsResponse, Errors);

    private static Dictionary<string, Func<ErrorDetails, AmazonServiceException>> Typed() => new(StringComparer.Ordinal)
    {
        [nameof(ExpiredIteratorException)] = error =>
            new ExpiredIteratorException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(InvalidArgumentException)] = error =>
            new InvalidArgumentException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(KMSAccessDeniedException)] = error =>
            new KMSAccessDeniedException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(KMSThrottlingException)] = error =>
            new KMSThrottlingException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(LimitExceededException)] = error =>
            new LimitExceededException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ProvisionedThroughputExceededException)] = error =>
            new ProvisionedThroughputExceededException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ResourceInUseException)] = error =>
            new ResourceInUseException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ResourceNotFoundException)] = error =>
            new ResourceNotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
