using System.Text.Json.Serialization.Metadata;
using AirportOps.Aws.Clients.Runtime;
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService;

/// <summary>The operations with their shapes and errors.</summary>
internal static class RedshiftDataAPIServiceOperations
{
    private static readonly ServiceErrors Errors = new(
        error => new AmazonRedshiftDataAPIServiceException(
            error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        Typed());

    private static readonly RedshiftDataAPIServiceJson Shapes = RedshiftDataAPIServiceJson.Default;

    internal static readonly JsonOperation<ExecuteStatementRequest, ExecuteStatementResponse> ExecuteStatement =
        Operation("ExecuteStatement", Shapes.ExecuteStatementRequest, Shapes.ExecuteStatementResponse);

    internal static readonly JsonOperation<BatchExecuteStatementRequest, BatchExecuteStatementResponse> BatchExecuteStatement =
        Operation("BatchExecuteStatement", Shapes.BatchExecuteStatementRequest, Shapes.BatchExecuteStatementResponse);

    internal static readonly JsonOperation<DescribeStatementRequest, DescribeStatementResponse> DescribeStatement =
        Operation("DescribeStatement", Shapes.DescribeStatementRequest, Shapes.DescribeStatementResponse);

    internal static readonly JsonOperation<GetStatementResultRequest, GetStatementResultResponse> GetStatementResult =
        Operation("GetStatementResult", Shapes.GetStatementResultRequest, Shapes.GetStatementResultResponse);

    internal static readonly JsonOperation<CancelStatementRequest, CancelStatementResponse> CancelStatement =
        Operation("CancelStatement", Shapes.CancelStatementRequest, Shapes.CancelStatementResponse);

    private static JsonOperation<TRequest, TResponse> Operation<TRequest, TResponse>(
        string name, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResponse> response)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new(AmazonRedshiftDataAPIServiceConfig.ServiceIdentity, name, request, response, Errors);

    private static Dictionary<string, Func<ErrorDetails, AmazonServiceException>> Typed() => new(StringComparer.Ordinal)
    {
        [nameof(ActiveSessionsExceededException)] = error =>
            new ActiveSessionsExceededException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ActiveStatementsExceededException)] = error =>
            new ActiveStatementsExceededException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(BatchExecuteStatementException)] = error =>
            new BatchExecuteStatementException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(DatabaseConnectionException)] = error =>
            new DatabaseConnectionException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ExecuteStatementException)] = error =>
            new ExecuteStatementException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(InternalServerException)] = error =>
            new InternalServerException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(QueryTimeoutException)] = error =>
            new QueryTimeoutException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ResourceNotFoundException)] = error =>
            new ResourceNotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ValidationException)] = error =>
            new ValidationException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
