using System.Text;

namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>
/// Redshift by its Data API, which is asynchronous: a statement is started, then asked about. A transaction is one batch. A call without an answer is
/// repeated with its token, which the service knows; beyond that the warehouse's journal settles what was done.
/// </summary>
/// <param name="client">The service.</param>
/// <param name="options">How it is used.</param>
/// <param name="clock">Paces polls and repetitions.</param>
public sealed class DataApiWarehouseSql(IRedshiftDataClient client, DataApiOptions options, TimeProvider clock) : IWarehouseSql
{
    /// <summary>The most statements of a transaction, the service's limit on <c>Sqls</c>.</summary>
    public const int MaxStatements = 40;

    /// <summary>The most bytes of a statement.</summary>
    public const int MaxStatementBytes = 100 * 1024;

    private readonly Lock _guard = new();
    private readonly Random _random = new(options.Retry.Seed);

    /// <inheritdoc/>
    public string Location => options.Location;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The query is longer than the service takes.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string query, CancellationToken cancellationToken)
    {
        CheckLength(query);
        var token = Guid.NewGuid().ToString();
        var id = await RetryAsync(() => client.ExecuteStatementAsync(token, query, cancellationToken), cancellationToken).ConfigureAwait(false);
        var ended = await WaitAsync(id, cancellationToken).ConfigureAwait(false);
        if (ended.Status != StatementStatus.Finished)
        {
            throw Failure("could not answer a query", ended, ended.Status == StatementStatus.Aborted);
        }

        var rows = new List<IReadOnlyList<string?>>();
        string? next = null;
        do
        {
            var page = await RetryAsync(() => client.GetStatementResultAsync(id, next, cancellationToken), cancellationToken).ConfigureAwait(false);
            rows.AddRange(page.Records);
            next = page.NextToken;
        }
        while (next is not null);

        return rows;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no statements, more than <see cref="MaxStatements"/>, or one is longer than the service takes.</exception>
    public async Task ExecuteAsync(IReadOnlyList<string> statements, string settledBy, CancellationToken cancellationToken)
    {
        if (statements.Count is 0 or > MaxStatements)
        {
            throw new ArgumentException($"A transaction has 1 to {MaxStatements} statements here; this one has {statements.Count}.", nameof(statements));
        }

        foreach (var statement in statements)
        {
            CheckLength(statement);
        }

        for (var attempt = 1; ; attempt++)
        {
            var ended = await TryAsync(statements, settledBy, cancellationToken).ConfigureAwait(false);
            if (ended.Status == StatementStatus.Finished)
            {
                return;
            }

            var isConflict = RedshiftErrors.IsConflict(ended.Error);
            if (!isConflict || attempt >= options.Retry.MaxAttempts)
            {
                throw Failure("refused a transaction, of which nothing was done", ended, isConflict || ended.Status == StatementStatus.Aborted);
            }

            await Task.Delay(NextDelay(attempt), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>How the transaction ended; finished also where only the journal could tell.</returns>
    private async Task<StatementDescription> TryAsync(IReadOnlyList<string> statements, string settledBy, CancellationToken cancellationToken)
    {
        // One token for all calls of one run: the service starts it once, however many of its answers are lost.
        var token = Guid.NewGuid().ToString();
        StatementDescription? ended = null;
        RedshiftDataException? lost = null;
        try
        {
            var id = await RetryAsync(
                () => statements.Count == 1
                    ? client.ExecuteStatementAsync(token, statements[0], cancellationToken)
                    : client.BatchExecuteStatementAsync(token, statements, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            ended = await WaitAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (RedshiftDataException noAnswer) when (noAnswer.IsTransient || noAnswer.ErrorCode == RedshiftDataException.ResourceNotFound)
        {
            lost = noAnswer;
        }

        if (ended is { Status: StatementStatus.Finished or StatementStatus.Failed })
        {
            return ended;
        }

        // Aborted while it committed, forgotten by the service, or never answered for.
        var isDone = (await QueryAsync(settledBy, cancellationToken).ConfigureAwait(false)).Count > 0;
        return isDone
            ? new StatementDescription(StatementStatus.Finished, null, false)
            : ended ?? new StatementDescription(StatementStatus.Aborted, lost!.Message, false);
    }

    private async Task<StatementDescription> WaitAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            for (var wait = options.FirstPoll; ; wait = wait * 2 < options.MaxPoll ? wait * 2 : options.MaxPoll)
            {
                await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
                var description = await RetryAsync(() => client.DescribeStatementAsync(id, cancellationToken), cancellationToken).ConfigureAwait(false);
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

    /// <summary>Stops what nobody waits for any more, if the service can be reached: it would hold its locks for up to a day.</summary>
    private async Task CancelAsync(string id)
    {
        using var limit = new CancellationTokenSource(options.MaxPoll, clock);
        try
        {
            await client.CancelStatementAsync(id, limit.Token).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is RedshiftDataException or OperationCanceledException)
        {
            // It ends by itself, and what it did the journal says.
        }
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (RedshiftDataException noAnswer) when (noAnswer.IsTransient && attempt < options.Retry.MaxAttempts)
            {
                await Task.Delay(NextDelay(attempt), clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private TimeSpan NextDelay(int failures)
    {
        lock (_guard)
        {
            return options.Retry.DelayAfter(failures, _random);
        }
    }

    private WarehouseException Failure(string what, StatementDescription ended, bool isTransient) => new(
        $"The warehouse at {Location} {what}: {ended.Error?.TrimEnd('.') ?? "it was stopped"}. {(isTransient ? "Try again a little later." : "Check the warehouse and the statement.")}",
        isTransient,
        null);

    private static void CheckLength(string statement)
    {
        if (Encoding.UTF8.GetByteCount(statement) > MaxStatementBytes)
        {
            throw new ArgumentException(
                $"A statement has at most {MaxStatementBytes:N0} bytes; this one has {Encoding.UTF8.GetByteCount(statement):N0}: {statement[..80]}…", nameof(statement));
        }
    }
}
