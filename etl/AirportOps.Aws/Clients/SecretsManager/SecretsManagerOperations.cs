using System.Text.Json.Serialization.Metadata;
using AirportOps.Aws.Clients.Runtime;
using Amazon.Runtime;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>The operations with their shapes and errors.</summary>
internal static class SecretsManagerOperations
{
    private static readonly ServiceErrors Errors = new(
        error => new AmazonSecretsManagerException(
            error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        Typed());

    private static readonly SecretsManagerJson Shapes = SecretsManagerJson.Default;

    internal static readonly JsonOperation<GetSecretValueRequest, GetSecretValueResponse> GetSecretValue =
        Operation("GetSecretValue", Shapes.GetSecretValueRequest, Shapes.GetSecretValueResponse);

    private static JsonOperation<TRequest, TResponse> Operation<TRequest, TResponse>(
        string name, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResponse> response)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new(AmazonSecretsManagerConfig.ServiceIdentity, name, request, response, Errors);

    private static Dictionary<string, Func<ErrorDetails, AmazonServiceException>> Typed() => new(StringComparer.Ordinal)
    {
        [nameof(DecryptionFailureException)] = error =>
            new DecryptionFailureException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(InternalServiceErrorException)] = error =>
            new InternalServiceErrorException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(InvalidParameterException)] = error =>
            new InvalidParameterException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(InvalidRequestException)] = error =>
            new InvalidRequestException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ResourceNotFoundException)] = error =>
            new ResourceNotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
