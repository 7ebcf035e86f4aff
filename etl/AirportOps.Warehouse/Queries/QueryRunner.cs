using System.Globalization;
using AirportOps.Reliability;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Queries;

/// <summary>Runs people's queries: one statement that reads, in a transaction that can't write and is never committed.</summary>
/// <param name="warehouse">The warehouse.</param>
public sealed class QueryRunner(IWarehouse warehouse)
{
    private static readonly string[] Reading = ["SELECT", "WITH", "TABLE", "VALUES", "SHOW", "EXPLAIN"];

    /// <summary>Functions that lay down the role a session has taken on, or run a text in which that could be hidden.</summary>
    private static readonly string[] Escapes =
        ["set_config", "query_to_xml", "query_to_xmlschema", "query_to_xml_and_xmlschema", "cursor_to_xml", "cursor_to_xmlschema", "ts_stat", "ts_rewrite"];

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
        new($"The query was refused: {reason}{Place(sql, position)}.", Fault.Operator, cause);

    /// <summary>The exception for a query that took longer than allowed.</summary>
    internal static WarehouseException TooLong(TimeSpan timeout, Exception cause) =>
        new($"The query was stopped after {timeout.TotalSeconds:0.###} s. Narrow it, or allow more time.", Fault.Operator, cause);

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
            throw new WarehouseException($"The query can't be read: {open.Message}.", Fault.Operator, open);
        }

        if (statements.Count != 1 || !Array.Exists(Reading, statements[0][0].Is))
        {
            throw new WarehouseException($"Only one statement that reads can be run: it must start with {string.Join(", ", Reading)}.", Fault.Operator, null);
        }

        // A name in "" may spell any of them by escapes: U&"\0073et_config".
        if (statements[0].Find(token => Array.Exists(Escapes, token.IsName)) is { Text: { } escape })
        {
            throw new WarehouseException($"A query that only reads has no use for {escape}. Leave it out, or use psql.", Fault.Operator, null);
        }

        if (statements[0].Zip(statements[0].Skip(1)).Any(pair => pair.First.Is("U") && pair.Second.IsSymbol('&')))
        {
            throw new WarehouseException("A query can't have names or texts written by escapes, U&'…'. Write the characters themselves.", Fault.Operator, null);
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
