using System.Globalization;
using AirportOps.Warehouse.Sql;
using Dapper;
using Npgsql;

namespace AirportOps.Warehouse.Queries;

/// <summary>Runs people's queries: one statement that reads, in a transaction that can't write.</summary>
/// <param name="database">The warehouse.</param>
public sealed class QueryRunner(WarehouseDatabase database)
{
    private static readonly string[] Reading = ["SELECT", "WITH", "TABLE", "VALUES", "SHOW", "EXPLAIN"];

    /// <summary>Starts a query.</summary>
    /// <param name="sql">One statement; a semicolon may end it.</param>
    /// <param name="timeout">How long the server may work on it; null for as long as it takes, else at least a millisecond.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The result, the caller's to dispose.</returns>
    /// <exception cref="WarehouseException">It is not one reading statement, the server refuses it, or it takes too long.</exception>
    public async Task<QueryResult> RunAsync(string sql, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        CheckReads(sql);
        var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlCommand(sql, connection);
        try
        {
            // Set for the session too, not only for the transaction, which a statement could end.
            await connection.ExecuteAsync(new CommandDefinition(
                "SELECT set_config('default_transaction_read_only', 'on', false), set_config('statement_timeout', @Limit, false)",
                new { Limit = (timeout?.TotalMilliseconds ?? 0).ToString("F0", CultureInfo.InvariantCulture) },
                cancellationToken: cancellationToken)).ConfigureAwait(false);
            return new QueryResult(database, connection, command, await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failed)
        {
            await command.DisposeAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
            throw failed switch
            {
                PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } when !cancellationToken.IsCancellationRequested =>
                    new WarehouseException($"The query was stopped after {timeout!.Value.TotalSeconds:0.###} s. Narrow it, or allow more time.", false, failed),
                PostgresException refused =>
                    new WarehouseException($"The query was refused: {refused.MessageText} ({refused.SqlState}){Place(sql, refused.Position)}.", false, failed),
                NpgsqlException trouble => database.Failure("could not run the query", trouble),
                _ => failed,
            };
        }
    }

    /// <summary>A single statement whose first word reads can end neither its transaction nor its session's settings.</summary>
    private static void CheckReads(string sql)
    {
        List<List<SqlToken>> statements;
        try
        {
            statements = [.. SqlSplitter.Statements(SqlLexer.Tokens(sql))];
        }
        catch (SqlSyntaxException open)
        {
            throw new WarehouseException($"The query can't be read: {open.Message}.", false, open);
        }

        if (statements.Count != 1 || !Array.Exists(Reading, statements[0][0].Is))
        {
            throw new WarehouseException($"Only one statement that reads can be run: it must start with {string.Join(", ", Reading)}.", false, null);
        }
    }

    private static string Place(string sql, int position)
    {
        if (position < 1)
        {
            return "";
        }

        var before = sql.AsSpan(0, Math.Min(position - 1, sql.Length));
        return string.Create(CultureInfo.InvariantCulture, $", line {before.Count('\n') + 1} column {before.Length - before.LastIndexOf('\n')}");
    }
}
