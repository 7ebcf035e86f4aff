using AirportOps.Aws.Clients.Runtime;
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService;

/// <summary>The operations with their shapes and errors.</summary>
internal static class RedshiftDataAPIServiceOperations
{
    private static readonly ServiceErrors Errors = new(
        error => new AmazonRedshiftDataAPIServiceException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        Typed());

    internal static readonly JsonOperation<ExecuteStatementRequest, ExecuteStatementResponse> ExecuteStatement =
        new(AmazonRedshiftDataAPIServiceConfig.ServiceIdentity, "ExecuteStatement", RedshiftDataAPIServiceJson.Default.ExecuteStatementRequest, RedshiftDataAPIServiceJson.Default.ExecuteStatementResponse, Errors);

    internal static readonly JsonOperation<BatchExecuteStatementRequest, BatchExecuteStatementResponse> BatchExecuteStatement =
        new(AmazonRedshiftDataAPIServiceConfig.ServiceIdentity, "BatchExecuteStatement", RedshiftDataAPIServiceJson.Default.BatchExecuteStatementRequest, RedshiftDataAPIServiceJson.Default.BatchExecuteStatementResponse, Errors);

    internal static readonly JsonOperation<DescribeStatementRequest, DescribeStatementResponse> DescribeStatement =
        new(AmazonRedshiftDataAPIServiceConfig.ServiceIdentity, "DescribeStatement", RedshiftDataAPIServiceJson.Default.DescribeStatementRequest, RedshiftDataAPIServiceJson.Default.DescribeStatementResponse, Errors);

    internal static readonly JsonOperation<GetStatementResultRequest, GetStatementResultResponse> GetStatementResult =
        new(AmazonRedshiftDataAPIServiceConfig.ServiceIdentity, "GetStatementResult", RedshiftDataAPIServiceJson.Default.GetStatementResultRequest, RedshiftDataAPIServiceJson.Default.GetStatementResultResponse, Errors);

    internal static readonly JsonOperation<CancelStatementRequest, CancelStatementResponse> CancelStatement =
        new(AmazonRedshiftDataAPIServiceConfig.ServiceIdentity, "CancelStatement", RedshiftDataAPIServiceJson.Default.CancelStatementRequest, RedshiftDataAPIServiceJson.Default.CancelStatementResponse, Errors);

    private static Dictionary<string, Func<ErrorDetails, AmazonServiceException>> Typed() => new(StringComparer.Ordinal)
    {
        [nameof(ActiveSessionsExceededException)] = error =>
            new ActiveSessionsExceededException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(ActiveStatementsExceededException)] = error =>
            new ActiveStatementsExceededException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        [nameof(BatchExecuteStatementException)] = error =>
            new BatchExecuteStatementException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
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
