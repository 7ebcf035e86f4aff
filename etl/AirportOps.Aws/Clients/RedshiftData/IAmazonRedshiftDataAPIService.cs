using Amazon.RedshiftDataAPIService.Model;

namespace Amazon.RedshiftDataAPIService;

/// <summary>
/// The Redshift Data API, as far as it is used here
/// (<see href="https://docs.aws.amazon.com/redshift-data/latest/APIReference/">reference</see>).
/// </summary>
public interface IAmazonRedshiftDataAPIService : IDisposable
{
    /// <summary>Starts a statement.</summary>
    Task<ExecuteStatementResponse> ExecuteStatementAsync(ExecuteStatementRequest request, CancellationToken cancellationToken = default);

    /// <summary>Starts statements as one transaction.</summary>
    Task<BatchExecuteStatementResponse> BatchExecuteStatementAsync(
        BatchExecuteStatementRequest request, CancellationToken cancellationToken = default);

    /// <summary>Tells how a statement stands.</summary>
    Task<DescribeStatementResponse> DescribeStatementAsync(DescribeStatementRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gives rows of a result.</summary>
    Task<GetStatementResultResponse> GetStatementResultAsync(
        GetStatementResultRequest request, CancellationToken cancellationToken = default);

    /// <summary>Stops a statement.</summary>
    Task<CancelStatementResponse> CancelStatementAsync(CancelStatementRequest request, CancellationToken cancellationToken = default);
}
