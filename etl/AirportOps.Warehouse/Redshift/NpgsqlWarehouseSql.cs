using Npgsql;

namespace AirportOps.Warehouse.Redshift;

/// <summary>
/// PostgreSQL, or Redshift by its wire protocol. Each transaction and each query has a connection of its own, which is never reused: Redshift gets no
/// DISCARD from the driver, so a pooled one would keep temporary tables and settings. One statement a command; results as text, because the driver
/// misreads Redshift's binary decimals.
/// </summary>
/// <param name="database">The warehouse; its connections are not pooled.</param>
/// <param name="retry">How a conflict is repeated.</param>
/// <param name="clock">Paces the repetitions.</param>
public sealed class NpgsqlWarehouseSql(WarehouseDatabase database, RetryPolicy retry, TimeProvider clock) : IWarehouseSql
{
    private readonly Lock _guard = new();
    private readonly Random _random = new(retry.Seed);

    /// <summary>For tests of a lost answer: called with the connection when all is done but the commit, and again behind it.</summary>
    internal Func<NpgsqlConnection, bool, Task>? AroundCommit { get; init; }

    /// <inheritdoc/>
    public string Location => database.Location;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string query, CancellationToken cancellationToken)
    {
        var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        try
        {
            var command = new NpgsqlCommand(query, connection) { AllResultTypesAreUnknown = true };
            await using var __ = command.ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var ___ = reader.ConfigureAwait(false);
            var rows = new List<IReadOnlyList<string?>>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]);
            }

            return rows;
        }
        catch (NpgsqlException trouble)
        {
            throw database.Failure("could not answer a query", trouble);
        }
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(IReadOnlyList<string> statements, string settledBy, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var failure = await TryAsync(statements, settledBy, cancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                return;
            }

            if (attempt >= retry.MaxAttempts)
            {
                throw database.Failure($"refused a transaction {attempt} times", failure);
            }

            await Task.Delay(NextDelay(attempt), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Null when it has been committed; the conflict that a repetition may get past.</returns>
    private async Task<NpgsqlException?> TryAsync(IReadOnlyList<string> statements, string settledBy, CancellationToken cancellationToken)
    {
        var isCommitting = false;
        try
        {
            var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var __ = transaction.ConfigureAwait(false);
            foreach (var statement in statements)
            {
                var command = new NpgsqlCommand(statement, connection, transaction);
                await using var ___ = command.ConfigureAwait(false);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            if (AroundCommit is not null)
            {
                await AroundCommit(connection, false).ConfigureAwait(false);
            }

            isCommitting = true;
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            if (AroundCommit is not null)
            {
                await AroundCommit(connection, true).ConfigureAwait(false);
            }

            return null;
        }
        catch (PostgresException conflict) when (RedshiftErrors.IsConflict(conflict))
        {
            return conflict;
        }
        catch (NpgsqlException lost) when (isCommitting && lost is not PostgresException { SqlState: not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown) })
        {
            // The connection broke while the server committed: the journal knows.
            return (await QueryAsync(settledBy, cancellationToken).ConfigureAwait(false)).Count > 0 ? null : lost;
        }
        catch (NpgsqlException trouble)
        {
            throw database.Failure("refused a transaction, of which nothing was done", trouble);
        }
    }

    private TimeSpan NextDelay(int failures)
    {
        lock (_guard)
        {
            return retry.DelayAfter(failures, _random);
        }
    }
}
