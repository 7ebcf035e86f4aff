using AirportOps.Aws.Clients.Runtime;
using Amazon.KinesisFirehose.Model;
using Amazon.Runtime;

namespace Amazon.KinesisFirehose;

/// <summary>The operations with their shapes and errors.</summary>
internal static class KinesisFirehoseOperations
{
    private static readonly ServiceErrors Errors = new(
        error => new AmazonKinesisFirehoseException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        Typed());

    internal static readonly JsonOperation<PutRecordBatchRequest, PutRecordBatchResponse> PutRecordBatch =
        new(AmazonKinesisFirehoseConfig.ServiceIdentity, "PutRecordBatch", KinesisFirehoseJson.Default.PutRecordBatchRequest, KinesisFirehoseJson.Default.PutRecordBatchResponse, Errors);

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
