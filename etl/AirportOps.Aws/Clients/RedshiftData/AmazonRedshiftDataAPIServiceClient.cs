using AirportOps.Aws.Clients.Runtime;
using Amazon.RedshiftDataAPIService.Model;
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService;

/// <inheritdoc cref="IAmazonRedshiftDataAPIService"/>
/// <remarks>With the official package's names, so that it can take this one's place.</remarks>
public sealed class AmazonRedshiftDataAPIServiceClient : ThinServiceClient, IAmazonRedshiftDataAPIService
{
    /// <summary>Makes a client with the SDK's credential chain.</summary>
    public AmazonRedshiftDataAPIServiceClient(AmazonRedshiftDataAPIServiceConfig config)
        : base(config)
    {
    }

    /// <summary>Makes a client with given credentials.</summary>
    public AmazonRedshiftDataAPIServiceClient(AWSCredentials credentials, AmazonRedshiftDataAPIServiceConfig config)
        : base(credentials, config)
    {
    }

    /// <inheritdoc/>
    public Task<ExecuteStatementResponse> ExecuteStatementAsync(
        ExecuteStatementRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(RedshiftDataAPIServiceOperations.ExecuteStatement, request, cancellationToken);

    /// <inheritdoc/>
    public Task<BatchExecuteStatementResponse> BatchExecuteStatementAsync(
        BatchExecuteStatementRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(RedshiftDataAPIServiceOperations.BatchExecuteStatement, request, cancellationToken);

    /// <inheritdoc/>
    public Task<DescribeStatementResponse> DescribeStatementAsync(
        DescribeStatementRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(RedshiftDataAPIServiceOperations.DescribeStatement, request, cancellationToken);

    /// <inheritdoc/>
    public Task<GetStatementResultResponse> GetStatementResultAsync(
        GetStatementResultRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(RedshiftDataAPIServiceOperations.GetStatementResult, request, cancellationToken);

    /// <inheritdoc/>
    public Task<CancelStatementResponse> CancelStatementAsync(
        CancelStatementRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(RedshiftDataAPIServiceOperations.CancelStatement, request, cancellationToken);
}
