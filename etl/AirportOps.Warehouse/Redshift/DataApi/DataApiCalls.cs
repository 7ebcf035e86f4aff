using System.Globalization;
using System.Text;
using AirportOps.Reliability;
using AirportOps.Warehouse.Sessions;
using Microsoft.Extensions.Logging;

namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>Statements through the Data API: started, asked about until they end, stopped when their caller is. Safe for concurrent use.</summary>
internal sealed class DataApiCalls(IRedshiftDataClient client, DataApiOptions options, TimeProvider clock, ILogger logger)
{
    private bool? _joins;

    /// <summary>Where the warehouse is.</summary>
    internal string Location => options.Location;

    /// <summary>Limits a last call before giving up: 10 s.</summary>
    internal CancellationTokenSource LastCall() => new(TimeSpan.FromSeconds(10), clock);

    /// <summary>Runs a statement by itself.</summary>
    /// <returns>Its id, for its result.</returns>
    /// <exception cref="StatementException">It fails, or its answer does not come.</exception>
    internal async Task<string> RunAsync(string statement, CancellationToken cancellationToken)
    {
        CheckLength(statement);
        var token = NewToken();
        return await FinishAsync(
            stop => client.ExecuteStatementAsync(token, statement, stop), id => id, 0, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a statement in a session.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="sessionId">The session; null for a new one.</param>
    /// <param name="opened">Told of the session before anything is waited for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its id, for its result.</returns>
    internal async Task<string> RunAsync(string statement, string? sessionId, Action<string> opened, CancellationToken cancellationToken)
    {
        CheckLength(statement);
        var token = NewToken();
        return await FinishAsync(
            stop => client.ExecuteInSessionAsync(token, statement, sessionId, options.SessionKeepAlive, stop),
            started =>
            {
                opened(started.SessionId);
                return started.Id;
            },
            0,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs statements by themselves, in as few batches as they fit; each batch is a transaction.</summary>
    internal async Task RunAllAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        foreach (var (chunk, token) in Batches(statements))
        {
            await FinishAsync(
                stop => client.BatchExecuteStatementAsync(token, chunk.Statements, stop), id => id, chunk.First, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs statements in a session, in as few batches as they fit.</summary>
    internal async Task RunAllAsync(IReadOnlyList<string> statements, string sessionId, CancellationToken cancellationToken)
    {
        foreach (var (chunk, token) in Batches(statements))
        {
            await FinishAsync(
                stop => client.BatchInSessionAsync(token, chunk.Statements, sessionId, stop), id => id, chunk.First, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Whether a batch in a session joins the transaction that is open there, rather than committing by itself. It is documented of statements that a batch
    /// names, not of this; so the warehouse is asked, once: a table made by such a batch must be gone after ROLLBACK.
    /// </summary>
    internal async Task<bool> JoinsAsync(CancellationToken cancellationToken)
    {
        if (_joins is { } known)
        {
            return known;
        }

        var joins = await AskAsync().ConfigureAwait(false);
        if (!joins)
        {
            Log.BatchesCommit(logger, options.Location);
        }

        _joins = joins;
        return joins;

        async Task<bool> AskAsync()
        {
            string? session = null;
            await RunAsync("BEGIN", null, id => session = id, cancellationToken).ConfigureAwait(false);
            try
            {
                await RunAllAsync(["CREATE TEMP TABLE airportops_probe (a INTEGER)", "INSERT INTO airportops_probe VALUES (1)"], session!, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (StatementException refused) when (refused.Fault is Fault.Operator)
            {
                // A service that does not know this kind of batch. Its session ends by itself.
                return false;
            }

            await RunAsync("ROLLBACK", session, _ => { }, cancellationToken).ConfigureAwait(false);
            try
            {
                await RunAsync("SELECT a FROM airportops_probe", session, _ => { }, cancellationToken).ConfigureAwait(false);
                return false;
            }
            catch (StatementException gone) when (gone.Refusal?.SqlState is Npgsql.PostgresErrorCodes.UndefinedTable)
            {
                return true;
            }
        }
    }

    /// <summary>Runs a query by itself.</summary>
    internal async Task<IReadOnlyList<IReadOnlyList<string?>>> RowsAsync(string query, CancellationToken cancellationToken) =>
        await AllRowsAsync(await RunAsync(query, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>All rows of a finished query.</summary>
    internal async Task<IReadOnlyList<IReadOnlyList<string?>>> AllRowsAsync(string id, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<string?>>();
        string? next = null;
        do
        {
            var page = await PageAsync(id, next, cancellationToken).ConfigureAwait(false);
            rows.AddRange(page.Records);
            next = page.NextToken;
        }
        while (next is not null);

        return rows;
    }

    /// <summary>A page of a finished query's rows.</summary>
    /// <exception cref="StatementException">Its answer does not come.</exception>
    internal async Task<StatementResultPage> PageAsync(string id, string? nextToken, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetStatementResultAsync(id, nextToken, cancellationToken).ConfigureAwait(false);
        }
        catch (RedshiftDataException trouble)
        {
            throw NoAnswer(trouble);
        }
    }

    /// <summary>Runs statements as one batch, which is one transaction.</summary>
    /// <exception cref="StatementException">It is undone; or, if not to be repeated and transient, it is not known.</exception>
    internal async Task RunBatchAsync(IReadOnlyList<string> statements, string settledBy, CancellationToken cancellationToken)
    {
        foreach (var statement in statements)
        {
            CheckLength(statement);
        }

        // One token for all calls of one run: the service starts it once, however many of its answers are lost.
        var token = NewToken();
        StatementDescription? ended = null;
        RedshiftDataException? lost = null;
        try
        {
            var id = statements.Count == 1
                ? await client.ExecuteStatementAsync(token, statements[0], cancellationToken).ConfigureAwait(false)
                : await client.BatchExecuteStatementAsync(token, statements, cancellationToken).ConfigureAwait(false);
            ended = await WaitAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (RedshiftDataException noAnswer) when (noAnswer.Fault is Fault.Outside || noAnswer.ErrorCode == RedshiftDataException.ResourceNotFound)
        {
            lost = noAnswer;
        }
        catch (RedshiftDataException refused)
        {
            throw NoAnswer(refused);
        }

        if (ended is { Status: StatementStatus.Finished })
        {
            return;
        }

        if (ended is { Status: StatementStatus.Failed })
        {
            throw Refusal(ended);
        }

        // Aborted while it committed, forgotten by the service, or never answered for.
        if ((await RowsAsync(settledBy, cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            throw lost is null ? Refusal(ended!) : NoAnswer(lost);
        }
    }

    /// <summary>Asks a statement to stop, if the service can be reached: it would hold its locks for up to a day.</summary>
    private async Task CancelAsync(string id)
    {
        using var limit = LastCall();
        try
        {
            await client.CancelStatementAsync(id, limit.Token).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is RedshiftDataException or OperationCanceledException)
        {
            // It ends by itself, and what it did the journal says.
        }
    }

    private IEnumerable<((int First, IReadOnlyList<string> Statements) Chunk, string Token)> Batches(IReadOnlyList<string> statements)
    {
        foreach (var statement in statements)
        {
            CheckLength(statement);
        }

        var first = 0;
        foreach (var chunk in statements.Chunk(DataApiWarehouse.MaxStatements))
        {
            yield return ((first, chunk), NewToken());
            first += chunk.Length;
        }
    }

    private async Task<string> FinishAsync<T>(Func<CancellationToken, Task<T>> start, Func<T, string> idOf, int first, CancellationToken cancellationToken)
    {
        StatementDescription ended;
        string id;
        var isStarted = false;
        try
        {
            id = idOf(await start(cancellationToken).ConfigureAwait(false));
            isStarted = true;
            ended = await WaitAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !isStarted)
        {
            await StopAsync(start, idOf).ConfigureAwait(false);
            throw;
        }
        catch (RedshiftDataException trouble)
        {
            throw NoAnswer(trouble);
        }

        return ended.Status == StatementStatus.Finished ? id : throw Refusal(ended, first);
    }

    /// <summary>Stops a statement whose start was given up before its answer came: it may run. Started again by its token, it tells its id.</summary>
    private async Task StopAsync<T>(Func<CancellationToken, Task<T>> start, Func<T, string> idOf)
    {
        using var limit = LastCall();
        try
        {
            await CancelAsync(idOf(await start(limit.Token).ConfigureAwait(false))).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is RedshiftDataException or OperationCanceledException)
        {
            // It ends by itself, and what it did the journal says.
        }
    }

    private async Task<StatementDescription> WaitAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            for (var wait = options.FirstPoll; ; wait = wait * 2 < options.MaxPoll ? wait * 2 : options.MaxPoll)
            {
                await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
                var description = await client.DescribeStatementAsync(id, cancellationToken).ConfigureAwait(false);
                if (description.Status is StatementStatus.Finished or StatementStatus.Aborted or StatementStatus.Failed)
                {
                    return description;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(id).ConfigureAwait(false);
            throw;
        }
    }

    private StatementException Refusal(StatementDescription ended, int first = 0)
    {
        if (ended.Status == StatementStatus.Aborted)
        {
            return new StatementException(options.Location, $"it was stopped{(ended.Error is { } why ? $": {why.TrimEnd('.')}" : "")}", Fault.Outside, null);
        }

        var (message, position) = RedshiftErrors.Read(ended.Error);
        return new StatementException(options.Location, message, RedshiftErrors.IsConflict(message) ? Fault.Ours : Fault.Operator, null)
        {
            Refusal = new StatementRefusal(RedshiftErrors.SqlState(message), position, first + ended.FailedIndex),
        };
    }

    private StatementException NoAnswer(RedshiftDataException trouble) =>
        new(options.Location, trouble.Message.TrimEnd('.'), trouble.Fault, trouble);

    private void CheckLength(string statement)
    {
        var bytes = Encoding.UTF8.GetByteCount(statement);
        if (bytes > DataApiWarehouse.MaxStatementBytes)
        {
            throw new StatementException(
                options.Location,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a statement has {bytes:N0} bytes and the Data API takes {DataApiWarehouse.MaxStatementBytes:N0}; split it, or connect with via=npgsql: {statement[..60]}…"),
                Fault.Operator,
                null)
            { Refusal = new StatementRefusal(null, 0, 0) };
        }
    }

    private static string NewToken() => Guid.NewGuid().ToString();
}
