using System.Globalization;
using AirportOps.Reliability;
using AirportOps.Warehouse.Redshift.DataApi;

namespace AirportOps.Warehouse.Tests.Redshift;

/// <summary>
/// The Data API as documented: asynchronous statements (two polls before the end), tokens that make a start happen once, batches as one transaction, at
/// most 40 statements of 100 KB, results in pages. What goes wrong with each start is scripted; without a script it answers.
/// </summary>
/// <param name="redshift">Runs the statements.</param>
/// <param name="script">What becomes of each start, in order.</param>
internal sealed class ScriptedDataApi(FakeRedshift redshift, params IEnumerable<DataCall> script) : IRedshiftDataClient
{
    private const int PageRows = 2;

    private readonly Queue<DataCall> _script = new(script);
    private readonly Dictionary<string, string> _idsByToken = [];
    private readonly Dictionary<string, Statement> _statements = [];

    /// <summary>What was called, in order.</summary>
    internal List<string> Calls { get; } = [];

    /// <summary>Set once a statement hangs.</summary>
    internal TaskCompletionSource Hanging { get; } = new();

    /// <summary>Called before the next batch is started, once.</summary>
    internal Func<Task>? BeforeBatch { get; set; }

    public Task<string> ExecuteStatementAsync(string clientToken, string sql, CancellationToken cancellationToken)
    {
        var isQuery = sql.StartsWith("SELECT", StringComparison.Ordinal);
        Calls.Add(isQuery ? "Query" : "Execute");
        return StartAsync(clientToken, [sql], isQuery);
    }

    public async Task<string> BatchExecuteStatementAsync(string clientToken, IReadOnlyList<string> sqls, CancellationToken cancellationToken)
    {
        var before = BeforeBatch;
        BeforeBatch = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        Calls.Add("Batch");
        Assert.InRange(sqls.Count, 1, 40);
        Assert.All(sqls, sql => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(sql), 1, 100 * 1024));
        return await StartAsync(clientToken, sqls, isQuery: false);
    }

    public Task<SessionStatement> ExecuteInSessionAsync(string clientToken, string sql, string? sessionId, TimeSpan keepAlive, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A load is one batch and needs no session.");

    public Task<string> BatchInSessionAsync(string clientToken, IReadOnlyList<string> sqls, string sessionId, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A load is one batch and needs no session.");

    public Task<StatementDescription> DescribeStatementAsync(string id, CancellationToken cancellationToken)
    {
        var statement = _statements[id];
        if (statement.IsForgotten)
        {
            throw new RedshiftDataException(RedshiftDataException.ResourceNotFound, "Query does not exist.", Fault.Operator, null);
        }

        statement.Polls++;
        return Task.FromResult(statement switch
        {
            { Hangs: true, IsCancelled: false } or { Polls: 1 } => new StatementDescription(StatementStatus.Submitted, null, false),
            { Polls: 2 } => new StatementDescription(StatementStatus.Started, null, false),
            _ => statement.End,
        });
    }

    public Task<StatementResultPage> GetStatementResultAsync(string id, string? nextToken, CancellationToken cancellationToken)
    {
        var start = int.Parse(nextToken ?? "0", CultureInfo.InvariantCulture);
        var rows = _statements[id].Rows;
        var end = start + PageRows;
        return Task.FromResult(new StatementResultPage(
            [.. rows.Skip(start).Take(PageRows)], end < rows.Count ? end.ToString(CultureInfo.InvariantCulture) : null));
    }

    public Task CancelStatementAsync(string id, CancellationToken cancellationToken)
    {
        Calls.Add("Cancel");
        _statements[id].IsCancelled = true;
        return Task.CompletedTask;
    }

    private async Task<string> StartAsync(string clientToken, IReadOnlyList<string> sqls, bool isQuery)
    {
        // Queries are not scripted: scripts tell of transactions.
        var call = isQuery || _script.Count == 0 ? DataCall.Answer : _script.Dequeue();
        switch (call)
        {
            case DataCall.LoseCall:
                throw new RedshiftDataException(null, "The connection was closed.", Fault.Outside, null);
            case DataCall.Throttle:
                throw new RedshiftDataException("ActiveStatementsExceededException", "Active statements exceeded the allowed quota (200).", Fault.Outside, null);
        }

        if (!_idsByToken.TryGetValue(clientToken, out var id))
        {
            id = _idsByToken[clientToken] = Guid.NewGuid().ToString();
            _statements[id] = await RunAsync(call, sqls, isQuery);
        }

        return call == DataCall.LoseAnswer ? throw new RedshiftDataException(null, "The connection was closed.", Fault.Outside, null) : id;
    }

    private async Task<Statement> RunAsync(DataCall call, IReadOnlyList<string> sqls, bool isQuery)
    {
        var statement = new Statement();
        switch (call)
        {
            case DataCall.Conflict:
                statement.End = new StatementDescription(StatementStatus.Failed, "ERROR: 1023", false);
                return statement;
            case DataCall.AbortBeforeCommit:
                statement.End = new StatementDescription(StatementStatus.Aborted, null, false);
                return statement;
            case DataCall.Hang:
                statement.Hangs = true;
                Hanging.SetResult();
                return statement;
        }

        var index = 0;
        try
        {
            if (isQuery)
            {
                statement.Rows = await redshift.QueryAsync(sqls[0]);
            }
            else
            {
                await redshift.RunAsync(sqls, begun => index = begun);
            }
        }
        catch (Npgsql.PostgresException refused)
        {
            statement.End = new StatementDescription(StatementStatus.Failed, $"ERROR: {refused.MessageText}", false) { FailedIndex = index };
            return statement;
        }

        statement.IsForgotten = call == DataCall.Forget;
        statement.End = call == DataCall.AbortAfterCommit
            ? new StatementDescription(StatementStatus.Aborted, null, false)
            : new StatementDescription(StatementStatus.Finished, null, isQuery);
        return statement;
    }

    private sealed class Statement
    {
        internal int Polls { get; set; }

        internal bool Hangs { get; set; }

        internal bool IsCancelled { get; set; }

        internal bool IsForgotten { get; set; }

        internal StatementDescription End { get; set; } = new(StatementStatus.Aborted, null, false);

        internal List<IReadOnlyList<string?>> Rows { get; set; } = [];
    }
}
