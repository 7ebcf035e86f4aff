using System.Globalization;
using AirportOps.Aws.Redshift;
using AirportOps.Reliability;
using AirportOps.Warehouse.Queries;
using AirportOps.Warehouse.Redshift.DataApi;
using Amazon.RedshiftDataAPIService.Model;

namespace AirportOps.Cli.Hosting;

/// <summary>The warehouse's view of the Data API, by the service's client.</summary>
internal sealed class RedshiftDataClient(RedshiftDataApi api) : IRedshiftDataClient, IDisposable
{
    /// <inheritdoc/>
    public async Task<string> ExecuteStatementAsync(string clientToken, string sql, CancellationToken cancellationToken) =>
        (await CallAsync(() => api.ExecuteAsync(clientToken, sql, null, null, cancellationToken))).Id!;

    /// <inheritdoc/>
    public async Task<string> BatchExecuteStatementAsync(string clientToken, IReadOnlyList<string> sqls, CancellationToken cancellationToken) =>
        (await CallAsync(() => api.BatchAsync(clientToken, sqls, cancellationToken))).Id!;

    /// <inheritdoc/>
    public async Task<SessionStatement> ExecuteInSessionAsync(
        string clientToken, string sql, string? sessionId, TimeSpan keepAlive, CancellationToken cancellationToken)
    {
        var started = await CallAsync(() => api.ExecuteAsync(clientToken, sql, sessionId, (int)keepAlive.TotalSeconds, cancellationToken));
        return new SessionStatement(
            started.Id!,
            started.SessionId ?? sessionId ?? throw new RedshiftDataException(null, "The Data API made no session, so a transaction of several steps can't run. Use via=npgsql.", Fault.Operator, null));
    }

    /// <inheritdoc/>
    public async Task<string> BatchInSessionAsync(string clientToken, IReadOnlyList<string> sqls, string sessionId, CancellationToken cancellationToken) =>
        (await CallAsync(() => api.BatchInSessionAsync(clientToken, sqls, sessionId, cancellationToken))).Id!;

    /// <inheritdoc/>
    public async Task<StatementDescription> DescribeStatementAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(() => api.DescribeAsync(id, cancellationToken));
        // Of a batch, what went wrong is told best by its statement: the batch's own error may only say which one it was.
        var statements = answer.SubStatements ?? [];
        var failed = Math.Max(0, statements.FindIndex(statement => statement.Status?.Value == "FAILED"));
        return new StatementDescription(
            Enum.TryParse<StatementStatus>(answer.Status?.Value, ignoreCase: true, out var status)
                ? status
                : throw new RedshiftDataException(null, $"The Data API tells an unknown status, {answer.Status?.Value}. Use a newer program.", Fault.Operator, null),
            statements.ElementAtOrDefault(failed)?.Error is { Length: > 0 } error ? error : answer.Error,
            answer.HasResultSet ?? false)
        {
            FailedIndex = failed,
        };
    }

    /// <inheritdoc/>
    public async Task<StatementResultPage> GetStatementResultAsync(string id, string? nextToken, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(() => api.ResultAsync(id, nextToken, cancellationToken));
        return new StatementResultPage(
            [.. (answer.Records ?? []).Select(row => (IReadOnlyList<string?>)[.. row.Select(Text)])],
            answer.NextToken is { Length: > 0 } next ? next : null)
        {
            Columns = [.. (answer.ColumnMetadata ?? []).Select(column => new QueryColumn(column.Label ?? column.Name ?? "?", column.TypeName ?? "varchar"))],
        };
    }

    /// <inheritdoc/>
    public Task CancelStatementAsync(string id, CancellationToken cancellationToken) => CallAsync(async () =>
    {
        await api.CancelAsync(id, cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose() => api.Dispose();

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RedshiftApiException trouble)
        {
            throw new RedshiftDataException(trouble.Code, trouble.Message, trouble.Fault, trouble);
        }
    }

    /// <summary>A value as PostgreSQL spells it.</summary>
    private static string? Text(Field value) => value switch
    {
        { IsNull: true } => null,
        { StringValue: { } text } => text,
        { LongValue: { } number } => number.ToString(CultureInfo.InvariantCulture),
        { DoubleValue: { } number } => number.ToString("R", CultureInfo.InvariantCulture),
        { BooleanValue: { } flag } => flag ? "t" : "f",
        { BlobValue: { } bytes } => $"\\x{Convert.ToHexStringLower(bytes.ToArray())}",
        _ => null,
    };
}
