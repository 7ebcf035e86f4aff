using System.Text.Json.Serialization.Metadata;
using AirportOps.Aws.Clients.Runtime;
using Amazon.KinesisFirehose.Model;
using Amazon.Runtime;

namespace Amazon.KinesisFirehose;

/// <summary>The operations with their shapes and errors.</summary>
internal static class KinesisFirehoseOperations
{
    private static readonly ServiceErrors Errors = new(
        error => new AmazonKinesisFirehoseException(
            error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        Typed());

    private static readonly KinesisFirehoseJson Shapes = KinesisFirehoseJson.Default;

    internal static readonly JsonOperation<PutRecordBatchRequest, PutRecordBatchResponse> PutRecordBatch =
        Operation("PutRecordBatch", Shapes.PutRecordBatchRequest, Shapes.PutRecordBatchResponse);

    private static JsonOperation<TRequest, TResponse> Operation<TRequest, TResponse>(
        string name, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResponse> response)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new(AmazonKinesisFirehoseConfig.ServiceIdentity, name, request, response, Errors);

    private static Dictionary<string, Func<ErrorDetails, AmazonServiceException>> Typed() => new(StringComparer.Ordinal)
    {
        [nameof(InvalidArgumentException)] = error =>
            new InvalidArgumentException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(InvalidSourceException)] = error =>
            new InvalidSourceException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(InvalidKMSResourceException)] = error =>
            new InvalidKMSResourceException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ResourceNotFoundException)] = error =>
            new ResourceNotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ServiceUnavailableException)] = error =>
            new ServiceUnavailableException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
