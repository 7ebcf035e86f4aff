using AirportOps.Aws.Connecting;
using Amazon.RedshiftDataAPIService;
using Amazon.RedshiftDataAPIService.Model;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Redshift;

/// <summary>
/// The Data API of one warehouse: which workgroup or cluster, which database and whose credentials are filled in. Safe for concurrent use.
/// </summary>
/// <remarks>All methods throw <see cref="RedshiftApiException"/>, once waiting does not help any more.</remarks>
public sealed class RedshiftDataApi : IDisposable
{
    private readonly RedshiftPlace _place;
    private readonly Lazy<IAmazonRedshiftDataAPIService> _client;
    private readonly RedshiftCalls _calls;

    /// <summary>Makes one.</summary>
    /// <param name="place">The warehouse.</param>
    /// <param name="aws">How AWS is reached.</param>
    /// <param name="options">How calls go on through trouble.</param>
    /// <param name="logger">Told of trouble that is waited out.</param>
    /// <param name="clock">Waits.</param>
    public RedshiftDataApi(RedshiftPlace place, AwsOptions aws, RedshiftCallOptions options, ILogger logger, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(aws);
        (_place, _client) = (place, new(new AwsClients(aws).RedshiftData));
        _calls = new RedshiftCalls(place, aws.Endpoint, options, logger, clock);
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
        return CallAsync("ExecuteStatement", () => _client.Value.ExecuteStatementAsync(request, cancellationToken), cancellationToken);
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
        return CallAsync("BatchExecuteStatement", () => _client.Value.BatchExecuteStatementAsync(request, cancellationToken), cancellationToken);
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
        return CallAsync("BatchExecuteStatement", () => _client.Value.BatchExecuteStatementAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>Tells how a statement or a batch stands.</summary>
    public Task<DescribeStatementResponse> DescribeAsync(string id, CancellationToken cancellationToken) => CallAsync(
        "DescribeStatement", () => _client.Value.DescribeStatementAsync(new DescribeStatementRequest { Id = id }, cancellationToken), cancellationToken);

    /// <summary>Gives rows of a finished query.</summary>
    /// <param name="id">The statement.</param>
    /// <param name="nextToken">From the page before; null for the first.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<GetStatementResultResponse> ResultAsync(string id, string? nextToken, CancellationToken cancellationToken) => CallAsync(
        "GetStatementResult",
        () => _client.Value.GetStatementResultAsync(new GetStatementResultRequest { Id = id, NextToken = nextToken }, cancellationToken),
        cancellationToken);

    /// <summary>Asks the service to stop a statement.</summary>
    public Task CancelAsync(string id, CancellationToken cancellationToken) => CallAsync(
        "CancelStatement", () => _client.Value.CancelStatementAsync(new CancelStatementRequest { Id = id }, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private Task<T> CallAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken) =>
        _calls.CallAsync($"redshift-data:{operation}", null, call, cancellationToken);
}
