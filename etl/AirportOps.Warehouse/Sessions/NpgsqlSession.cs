using System.Globalization;
using AirportOps.Reliability;
using AirportOps.Warehouse.Redshift;
using Npgsql;
using NpgsqlTypes;

namespace AirportOps.Warehouse.Sessions;

/// <summary>
/// A session over PostgreSQL's wire protocol, which Redshift speaks too. One statement a command, as Redshift wants it; results as text, because the
/// driver misreads Redshift's binary decimals.
/// </summary>
/// <param name="database">The warehouse.</param>
/// <param name="connection">Never reused: Redshift gets no DISCARD from the driver, so a pooled one would keep temporary tables and settings.</param>
internal sealed class NpgsqlSession(WarehouseDatabase database, NpgsqlConnection connection) : IWarehouseSession
{
    /// <summary>For tests of a lost answer: called with the connection when all is done but the commit, and again behind it.</summary>
    internal Func<NpgsqlConnection, bool, Task>? AroundCommit { get; init; }

    /// <inheritdoc/>
    /// <remarks>Repeatable read is as close to Redshift's snapshots as PostgreSQL has.</remarks>
    public Task BeginAsync(CancellationToken cancellationToken) =>
        ExecuteAsync(database.Engine == WarehouseEngine.Postgres ? "BEGIN ISOLATION LEVEL REPEATABLE READ" : "BEGIN", cancellationToken);

    /// <inheritdoc/>
    public Task ExecuteAsync(string statement, CancellationToken cancellationToken) => ExecuteAllAsync([statement], cancellationToken);

    /// <inheritdoc/>
    public async Task ExecuteAllAsync(IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        foreach (var (index, statement) in statements.Index())
        {
            await ExecuteAsync(index, statement, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string query, CancellationToken cancellationToken)
    {
        try
        {
            var command = new NpgsqlCommand(query, connection) { AllResultTypesAreUnknown = true };
            await using var _ = command.ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var __ = reader.ConfigureAwait(false);
            var rows = new List<IReadOnlyList<string?>>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]);
            }

            return rows;
        }
        catch (NpgsqlException trouble)
        {
            throw Failure(trouble);
        }
    }

    /// <inheritdoc/>
    public async Task InsertAsync(string table, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken)
    {
        if (database.Engine == WarehouseEngine.Redshift)
        {
            foreach (var statement in InsertStatements.Render(table, columns, rows))
            {
                await ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        try
        {
            var import = await connection.BeginBinaryImportAsync($"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken)
                .ConfigureAwait(false);
            await using var _ = import.ConfigureAwait(false);
            foreach (var row in rows)
            {
                await import.StartRowAsync(cancellationToken).ConfigureAwait(false);
                foreach (var value in row)
                {
                    await WriteAsync(import, value, cancellationToken).ConfigureAwait(false);
                }
            }

            await import.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException trouble)
        {
            throw Failure(trouble);
        }
    }

    /// <inheritdoc/>
    public async Task CommitAsync(string? settledBy, CancellationToken cancellationToken)
    {
        var isSent = false;
        try
        {
            if (AroundCommit is not null)
            {
                await AroundCommit(connection, false).ConfigureAwait(false);
            }

            var commit = new NpgsqlCommand("COMMIT", connection);
            await using var _ = commit.ConfigureAwait(false);
            isSent = true;
            await commit.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            if (AroundCommit is not null)
            {
                await AroundCommit(connection, true).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException lost) when (isSent && lost is not PostgresException { SqlState: not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown) })
        {
            // The connection broke while the server committed: the journal knows.
            if (settledBy is null || !await IsSettledAsync(settledBy, cancellationToken).ConfigureAwait(false))
            {
                throw new StatementException(database.Location, lost.Message.TrimEnd('.'), Fault.Ours, lost);
            }
        }
        catch (NpgsqlException trouble)
        {
            throw Failure(trouble);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The server undoes what is open when its connection ends.</remarks>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task ExecuteAsync(int index, string statement, CancellationToken cancellationToken)
    {
        try
        {
            var command = new NpgsqlCommand(statement, connection);
            await using var _ = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException trouble)
        {
            throw Failure(trouble, index);
        }
    }

    private async Task<bool> IsSettledAsync(string query, CancellationToken cancellationToken)
    {
        var other = await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = other.ConfigureAwait(false);
        return (await other.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Count > 0;
    }

    private StatementException Failure(NpgsqlException trouble, int index = 0) => trouble is PostgresException refused
        ? new StatementException(
            database.Location, string.Create(CultureInfo.InvariantCulture, $"{refused.MessageText} ({refused.SqlState})"), FaultOf(refused), refused)
        {
            Refusal = new StatementRefusal(refused.SqlState, refused.Position, index),
        }
        : new StatementException(database.Location, trouble.Message.TrimEnd('.'), FaultOf(trouble), trouble);

    /// <summary>Whose fault it is what the driver threw.</summary>
    internal static Fault FaultOf(NpgsqlException trouble) => trouble is PostgresException refused && RedshiftErrors.IsConflict(refused)
        ? Fault.Ours
        : trouble.IsTransient || CouldNotServe(trouble) ? Fault.Outside : Fault.Operator;

    /// <summary>Whether the server could start no process for the connection: it answers the first request with an error then, which the driver does not read.</summary>
    private static bool CouldNotServe(NpgsqlException trouble) => trouble.Message.Contains("unknown response E for SSLRequest", StringComparison.Ordinal);

    private static Task WriteAsync(NpgsqlBinaryImporter import, object? value, CancellationToken cancellationToken) => value switch
    {
        null => import.WriteNullAsync(cancellationToken),
        string text => import.WriteAsync(text, NpgsqlDbType.Varchar, cancellationToken),
        int number => import.WriteAsync(number, NpgsqlDbType.Integer, cancellationToken),
        long number => import.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken),
        double number => import.WriteAsync(number, NpgsqlDbType.Double, cancellationToken),
        bool flag => import.WriteAsync(flag, NpgsqlDbType.Boolean, cancellationToken),
        DateTime time => import.WriteAsync(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), NpgsqlDbType.Timestamp, cancellationToken),
        _ => throw new ArgumentException($"Rows have no {value.GetType().Name}.", nameof(value)),
    };
}
