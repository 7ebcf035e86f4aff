namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>
/// The Redshift Data API as far as it is used here, by its own names. Which cluster or workgroup, which database and whose credentials, an
/// implementation knows. It repeats a call that fails by a fault outside, with the same token, for as long as that helps; who calls it does not. Safe for
/// concurrent use.
/// </summary>
/// <remarks><see href="https://docs.aws.amazon.com/redshift-data/latest/APIReference/">Redshift Data API reference</see>. All methods throw <see cref="RedshiftDataException"/>.</remarks>
public interface IRedshiftDataClient
{
    /// <summary>Starts one statement.</summary>
    /// <param name="clientToken">Makes a repeated call harmless: for eight hours the service answers it with the statement it started first.</param>
    /// <param name="sql">Exactly one statement.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer; the statement may run all the same.</param>
    /// <returns>The statement's id.</returns>
    Task<string> ExecuteStatementAsync(string clientToken, string sql, CancellationToken cancellationToken);

    /// <summary>Starts statements as one transaction.</summary>
    /// <param name="clientToken">As for one.</param>
    /// <param name="sqls">1 to 40 statements, in their order.</param>
    /// <param name="cancellationToken">As for one.</param>
    /// <returns>The id of the whole.</returns>
    Task<string> BatchExecuteStatementAsync(string clientToken, IReadOnlyList<string> sqls, CancellationToken cancellationToken);

    /// <summary>Starts one statement in a session, which keeps temporary tables and the transaction from one statement to the next.</summary>
    /// <param name="clientToken">As for one.</param>
    /// <param name="sql">Exactly one statement.</param>
    /// <param name="sessionId">The session; null makes one.</param>
    /// <param name="keepAlive">How long a new one lasts after its last statement, whole seconds up to 24 hours.</param>
    /// <param name="cancellationToken">As for one.</param>
    Task<SessionStatement> ExecuteInSessionAsync(string clientToken, string sql, string? sessionId, TimeSpan keepAlive, CancellationToken cancellationToken);

    /// <summary>Starts statements in a session, one after another, without a transaction of the service's own around them.</summary>
    /// <param name="clientToken">As for one.</param>
    /// <param name="sqls">1 to 40 statements, in their order.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="cancellationToken">As for one.</param>
    /// <returns>The id of the whole.</returns>
    Task<string> BatchInSessionAsync(string clientToken, IReadOnlyList<string> sqls, string sessionId, CancellationToken cancellationToken);

    /// <summary>Tells how a statement or a batch stands.</summary>
    Task<StatementDescription> DescribeStatementAsync(string id, CancellationToken cancellationToken);

    /// <summary>Gives rows of a finished query's result.</summary>
    /// <param name="id">The statement.</param>
    /// <param name="nextToken">From the page before; null for the first.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<StatementResultPage> GetStatementResultAsync(string id, string? nextToken, CancellationToken cancellationToken);

    /// <summary>Asks the service to stop a statement; it may finish all the same.</summary>
    Task CancelStatementAsync(string id, CancellationToken cancellationToken);
}
