using System.Text.Json.Serialization.Metadata;
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

    private static readonly KinesisJson Shapes = KinesisJson.Default;

    internal static readonly JsonOperation<PutRecordsRequest, PutRecordsResponse> PutRecords =
        Operation("PutRecords", Shapes.PutRecordsRequest, Shapes.PutRecordsResponse);

    internal static readonly JsonOperation<ListShardsRequest, ListShardsResponse> ListShards =
        Operation("ListShards", Shapes.ListShardsRequest, Shapes.ListShardsResponse);

    internal static readonly JsonOperation<GetShardIteratorRequest, GetShardIteratorResponse> GetShardIterator =
        Operation("GetShardIterator", Shapes.GetShardIteratorRequest, Shapes.GetShardIteratorResponse);

    internal static readonly JsonOperation<GetRecordsRequest, GetRecordsResponse> GetRecords =
        Operation("GetRecords", Shapes.GetRecordsRequest, Shapes.GetRecordsResponse);

    internal static readonly JsonOperation<DescribeStreamSummaryRequest, DescribeStreamSummaryResponse> DescribeStreamSummary =
        Operation("DescribeStreamSummary", Shapes.DescribeStreamSummaryRequest, Shapes.DescribeStreamSummaryResponse);

    internal static readonly JsonOperation<CreateStreamRequest, CreateStreamResponse> CreateStream =
        Operation("CreateStream", Shapes.CreateStreamRequest, Shapes.CreateStreamResponse);

    internal static readonly JsonOperation<DeleteStreamRequest, DeleteStreamResponse> DeleteStream =
        Operation("DeleteStream", Shapes.DeleteStreamRequest, Shapes.DeleteStreamResponse);

    internal static readonly JsonOperation<SplitShardRequest, SplitShardResponse> SplitShard =
        Operation("SplitShard", Shapes.SplitShardRequest, Shapes.SplitShardResponse);

    internal static readonly JsonOperation<MergeShardsRequest, MergeShardsResponse> MergeShards =
        Operation("MergeShards", Shapes.MergeShardsRequest, Shapes.MergeShardsResponse);

    private static JsonOperation<TRequest, TResponse> Operation<TRequest, TResponse>(
        string name, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResponse> response)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new(AmazonKinesisConfig.ServiceIdentity, name, request, response, Errors);

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
            new ProvisionedThroughputExceededException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ResourceInUseException)] = error =>
            new ResourceInUseException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ResourceNotFoundException)] = error =>
            new ResourceNotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
