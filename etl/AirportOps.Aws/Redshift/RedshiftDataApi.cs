using AirportOps.Aws.Connecting;
using Amazon.RedshiftDataAPIService;
using Amazon.RedshiftDataAPIService.Model;

namespace AirportOps.Aws.Redshift;

/// <summary>
/// The Data API of one warehouse: which workgroup or cluster, which database and whose credentials are filled in. Safe for concurrent use.
/// </summary>
/// <remarks>All methods throw <see cref="RedshiftApiException"/>. The SDK has tried each call three times by then.</remarks>
public sealed class RedshiftDataApi : IDisposable
{
    private readonly RedshiftPlace _place;
    private readonly IAmazonRedshiftDataAPIService _client;
    private readonly string? _endpoint;

    /// <summary>Makes one.</summary>
    /// <param name="place">The warehouse.</param>
    /// <param name="aws">How AWS is reached.</param>
    public RedshiftDataApi(RedshiftPlace place, AwsOptions aws)
    {
        ArgumentNullException.ThrowIfNull(aws);
        (_place, _client, _endpoint) = (place, new AwsClients(aws).RedshiftData(), aws.Endpoint);
    }

    /// <summary>Starts one statement, in a session where one is named or wanted.</summary>
    /// <param name="clientToken">Makes a repeated call harmless for eight hours.</param>
    /// <param name="sql">Exactly one statement.</param>
    /// <param name="sessionId">Goes on in a session, which knows the rest of the place; null outside or for a new one.</param>
    /// <param name="keepAliveSeconds">Makes a session that lasts so long after its last statement; null for none.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    public Task<ExecuteStatementResponse> ExecuteAsync(
        string clientToken, string sql, string? sessionId, int? keepAliveSeconds, CancellationToken cancellationToken)
    {
        var isNew = sessionId is null;
        var request = new ExecuteStatementRequest
        {
            ClientToken = clientToken,
            Sql = sql,
            SessionId = sessionId,
            SessionKeepAliveSeconds = isNew ? keepAliveSeconds : null,
            WorkgroupName = isNew ? _place.Workgroup : null,
            ClusterIdentifier = isNew ? _place.Cluster : null,
            Database = isNew ? _place.Database : null,
            DbUser = isNew ? _place.DbUser : null,
            SecretArn = isNew ? _place.Secret : null,
        };
        return CallAsync("ExecuteStatement", () => _client.ExecuteStatementAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>Starts statements as one transaction.</summary>
    /// <param name="clientToken">As for one.</param>
    /// <param name="sqls">1 to 40 statements.</param>
    /// <param name="cancellationToken">As for one.</param>
    public Task<BatchExecuteStatementResponse> BatchAsync(string clientToken, IReadOnlyList<string> sqls, CancellationToken cancellationToken)
    {
        var request = new BatchExecuteStatementRequest
        {
            ClientToken = clientToken,
            Sqls = [.. sqls],
            WorkgroupName = _place.Workgroup,
            ClusterIdentifier = _place.Cluster,
            Database = _place.Database,
            DbUser = _place.DbUser,
            SecretArn = _place.Secret,
        };
        return CallAsync("BatchExecuteStatement", () => _client.BatchExecuteStatementAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>Starts statements in a session, without a transaction of the service's own.</summary>
    /// <param name="clientToken">As for one.</param>
    /// <param name="sqls">1 to 40 statements.</param>
    /// <param name="sessionId">The session, which knows the rest of the place.</param>
    /// <param name="cancellationToken">As for one.</param>
    public Task<BatchExecuteStatementResponse> BatchInSessionAsync(
        string clientToken, IReadOnlyList<string> sqls, string sessionId, CancellationToken cancellationToken)
    {
        var request = new BatchExecuteStatementRequest { ClientToken = clientToken, Sqls = [.. sqls], SessionId = sessionId, ExecutionMode = "AUTO_COMMIT" };
        return CallAsync("BatchExecuteStatement", () => _client.BatchExecuteStatementAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>Tells how a statement or a batch stands.</summary>
    public Task<DescribeStatementResponse> DescribeAsync(string id, CancellationToken cancellationToken) => CallAsync(
        "DescribeStatement", () => _client.DescribeStatementAsync(new DescribeStatementRequest { Id = id }, cancellationToken), cancellationToken);

    /// <summary>Gives rows of a finished query.</summary>
    /// <param name="id">The statement.</param>
    /// <param name="nextToken">From the page before; null for the first.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<GetStatementResultResponse> ResultAsync(string id, string? nextToken, CancellationToken cancellationToken) => CallAsync(
        "GetStatementResult",
        () => _client.GetStatementResultAsync(new GetStatementResultRequest { Id = id, NextToken = nextToken }, cancellationToken),
        cancellationToken);

    /// <summary>Asks the service to stop a statement.</summary>
    public Task CancelAsync(string id, CancellationToken cancellationToken) => CallAsync(
        "CancelStatement", () => _client.CancelStatementAsync(new CancelStatementRequest { Id = id }, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private Task<T> CallAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken) =>
        RedshiftCalls.CallAsync(_place, $"redshift-data:{operation}", null, _endpoint, call, cancellationToken);
}
