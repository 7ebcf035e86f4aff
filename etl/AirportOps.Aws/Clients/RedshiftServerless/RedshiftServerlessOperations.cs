using System.Text.Json.Serialization.Metadata;
using AirportOps.Aws.Clients.Runtime;
using Amazon.RedshiftServerless.Model;
using Amazon.Runtime;

namespace Amazon.RedshiftServerless;

/// <summary>The operations with their shapes and errors.</summary>
internal static class RedshiftServerlessOperations
{
    private static readonly ServiceErrors Errors = new(
        error => new AmazonRedshiftServerlessException(
            error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        Typed());

    private static readonly RedshiftServerlessJson Shapes = RedshiftServerlessJson.Default;

    internal static readonly JsonOperation<GetCredentialsRequest, GetCredentialsResponse> GetCredentials =
        Operation("GetCredentials", Shapes.GetCredentialsRequest, Shapes.GetCredentialsResponse);

    internal static readonly JsonOperation<GetWorkgroupRequest, GetWorkgroupResponse> GetWorkgroup =
        Operation("GetWorkgroup", Shapes.GetWorkgroupRequest, Shapes.GetWorkgroupResponse);

    private static JsonOperation<TRequest, TResponse> Operation<TRequest, TResponse>(
        string name, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResponse> response)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new(AmazonRedshiftServerlessConfig.ServiceIdentity, name, request, response, Errors);

    private static Dictionary<string, Func<ErrorDetails, AmazonServiceException>> Typed() => new(StringComparer.Ordinal)
    {
        [nameof(AccessDeniedException)] = error =>
            new AccessDeniedException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(InternalServerException)] = error =>
            new InternalServerException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ResourceNotFoundException)] = error =>
            new ResourceNotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ThrottlingException)] = error =>
            new ThrottlingException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ValidationException)] = error =>
            new ValidationException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
