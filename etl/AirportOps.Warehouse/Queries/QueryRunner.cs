using System.Globalization;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Queries;

/// <summary>Runs people's queries: one statement that reads, in a transaction that can't write.</summary>
/// <param name="warehouse">The warehouse.</param>
public sealed class QueryRunner(IWarehouse warehouse)
{
    private static readonly string[] Reading = ["SELECT", "WITH", "TABLE", "VALUES", "SHOW", "EXPLAIN"];

    /// <summary>Starts a query.</summary>
    /// <param name="sql">One statement; a semicolon may end it.</param>
    /// <param name="timeout">How long the server may work on it; null for as long as it takes, else at least a millisecond.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The result, the caller's to dispose.</returns>
    /// <exception cref="WarehouseException">It is not one reading statement, the server refuses it, or it takes too long.</exception>
    public Task<QueryResult> RunAsync(string sql, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        CheckReads(sql);
        return warehouse.ReadAsync(sql, timeout, cancellationToken);
    }

    /// <summary>The exception for a query that the server refuses.</summary>
    /// <param name="reason">What it said.</param>
    /// <param name="sql">The query.</param>
    /// <param name="position">The character it is about, from 1; 0 for none.</param>
    /// <param name="cause">What was thrown.</param>
    internal static WarehouseException Refused(string reason, string sql, int position, Exception cause) =>
        new($"The query was refused: {reason}{Place(sql, position)}.", false, cause);

    /// <summary>The exception for a query that took longer than allowed.</summary>
    internal static WarehouseException TooLong(TimeSpan timeout, Exception cause) =>
        new($"The query was stopped after {timeout.TotalSeconds:0.###} s. Narrow it, or allow more time.", false, cause);

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
