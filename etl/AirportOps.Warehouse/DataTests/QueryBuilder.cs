using System.Globalization;
using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.DataTests;

/// <summary>Writes the queries of the declared kinds of test for one table: names quoted, values as parameters.</summary>
/// <param name="table">The table, <c>schema.table</c>.</param>
/// <param name="key">The columns of its natural key, which name a failing row.</param>
internal sealed class QueryBuilder(string table, IReadOnlyList<string> key)
{
    private readonly string _from = $"FROM {SqlName.QuoteTable(table)} t";

    /// <summary>The column has no null.</summary>
    internal DataTestQuery NotNull(string column) =>
        new($"SELECT {Key()}, 'null' AS detail {_from} WHERE t.{SqlName.Quote(column)} IS NULL", []);

    /// <summary>No two rows agree in all of these columns; nulls are equal.</summary>
    internal static DataTestQuery Unique(string table, IReadOnlyList<string> columns)
    {
        var names = string.Join(", ", columns.Select(column => $"t.{SqlName.Quote(column)}"));
        return new(
            $"""
            SELECT {KeyOf(columns)}, CAST(COUNT(*) AS VARCHAR(20)) || ' rows' AS detail
            FROM {SqlName.QuoteTable(table)} t
            GROUP BY {names}
            HAVING COUNT(*) > 1
            """,
            []);
    }

    /// <summary>The column is null or one of the values.</summary>
    internal DataTestQuery AcceptedValues(string column, IReadOnlyList<object> values) =>
        new(
            $"""
            SELECT {Key()}, {Text(column)} AS detail
            {_from}
            WHERE t.{SqlName.Quote(column)} NOT IN ({string.Join(", ", values.Select((_, index) => Parameter(index)))})
            """,
            values);

    /// <summary>The column is null or not beyond the bounds; a bound may be absent, not both.</summary>
    internal DataTestQuery Range(string column, object? min, object? max)
    {
        var values = new List<object>();
        var conditions = new List<string>();
        Bound("<", min);
        Bound(">", max);
        return new($"SELECT {Key()}, {Text(column)} AS detail {_from} WHERE {string.Join(" OR ", conditions)}", values);

        void Bound(string beyond, object? bound)
        {
            if (bound is not null)
            {
                conditions.Add($"t.{SqlName.Quote(column)} {beyond} {Parameter(values.Count)}");
                values.Add(bound);
            }
        }
    }

    /// <summary>The column is null or its value is in a column of another table.</summary>
    internal DataTestQuery Relationship(string column, string otherTable, string otherColumn) =>
        new(
            $"""
            SELECT {Key()}, {Text(column)} AS detail
            {_from}
            LEFT JOIN (SELECT DISTINCT {SqlName.Quote(otherColumn)} AS parent FROM {SqlName.QuoteTable(otherTable)}) p ON p.parent = t.{SqlName.Quote(column)}
            WHERE t.{SqlName.Quote(column)} IS NOT NULL AND p.parent IS NULL
            """,
            []);

    /// <summary>The newest instant of the column is at most so old; a table without rows is not old.</summary>
    /// <param name="column">A column of instants, UTC.</param>
    /// <param name="maxAge">Whole seconds.</param>
    /// <param name="behind">The table and column of instants whose newest it is compared with; null for the time of the run.</param>
    internal DataTestQuery Freshness(string column, TimeSpan maxAge, (string Table, string Column)? behind)
    {
        var reference = behind is var (otherTable, otherColumn)
            ? $"SELECT MAX({SqlName.Quote(otherColumn)}) AS newest FROM {SqlName.QuoteTable(otherTable)}"
            : "SELECT CAST(@now AS TIMESTAMP) AS newest";
        return new(
            $"""
            SELECT CAST(a.newest AS VARCHAR(64)) AS row_key,
                CAST(DATEDIFF(second, a.newest, b.newest) AS VARCHAR(20)) || ' s behind ' || CAST(b.newest AS VARCHAR(64)) AS detail
            FROM (SELECT MAX(t.{SqlName.Quote(column)}) AS newest {_from}) a
            CROSS JOIN ({reference}) b
            WHERE DATEDIFF(second, a.newest, b.newest) > @p0
            """,
            [(long)maxAge.TotalSeconds]);
    }

    /// <summary>The table has as many rows of each batch as a column of the journal of loads says.</summary>
    internal DataTestQuery RowCount(string journalColumn) =>
        new(
            $"""
            SELECT COALESCE(c.batch_id, '-') AS row_key,
                CAST(SUM(c.journal_rows) AS VARCHAR(20)) || ' rows in the journal, ' || CAST(SUM(c.table_rows) AS VARCHAR(20)) || ' in the table' AS detail
            FROM (
                SELECT batch_id, {SqlName.Quote(journalColumn)} AS journal_rows, 0 AS table_rows FROM ops.load_batch
                UNION ALL
                SELECT t.batch_id, 0, COUNT(*) {_from} GROUP BY t.batch_id
            ) c
            GROUP BY c.batch_id
            HAVING SUM(c.journal_rows) <> SUM(c.table_rows)
            """,
            []);

    /// <summary>
    /// The table has each key that the built batches of a staging table have, events set aside left out, and no other; and, where a column counts the events of a key, as many as staging has.
    /// </summary>
    /// <param name="source">The staging table.</param>
    /// <param name="sourceKey">Its columns that correspond to the table's key, in its order.</param>
    /// <param name="count">The column that counts a row's events; null where only the keys are compared.</param>
    /// <param name="without">A column of the staging table; its rows that have a value there are no key's. Null for none.</param>
    internal DataTestQuery Reconciliation(string source, IReadOnlyList<string> sourceKey, string? count, string? without)
    {
        var isOurs = without is null ? "" : $" AND e.{SqlName.Quote(without)} IS NULL";
        // Grouping instead of a full join: nulls are equal in a group, and each side is read once.
        var ours = string.Join(", ", key.Select((column, index) => $"t.{SqlName.Quote(column)} AS k{index}"));
        var theirs = string.Join(", ", sourceKey.Select((column, index) => $"e.{SqlName.Quote(column)} AS k{index}"));
        var keys = string.Join(", ", key.Select((_, index) => $"c.k{index}"));
        var (ourCount, theirCount, what) = count is null ? ("MAX(1)", "MAX(1)", "rows") : ($"SUM(t.{SqlName.Quote(count)})", "COUNT(*)", "events");
        return new(
            $"""
            SELECT {Joined(key.Select((_, index) => $"c.k{index}"))} AS row_key,
                CAST(SUM(c.source_count) AS VARCHAR(20)) || ' {what} in staging, ' || CAST(SUM(c.own_count) AS VARCHAR(20)) || ' here' AS detail
            FROM (
                SELECT {ours}, {ourCount} AS own_count, 0 AS source_count
                {_from}
                GROUP BY {string.Join(", ", key.Select(column => $"t.{SqlName.Quote(column)}"))}
                UNION ALL
                SELECT {theirs}, 0, {theirCount}
                FROM {SqlName.QuoteTable(source)} e
                JOIN ops.load_batch b ON b.batch_id = e.batch_id
                LEFT JOIN ops.build_failure f ON f.entity = {SqlText.Quote(source.Split('.')[^1])} AND f.event_id = e.event_id
                WHERE b.load_number <= (SELECT COALESCE(MAX(to_load), 0) FROM ops.gold_build) AND f.event_id IS NULL{isOurs}
                GROUP BY {string.Join(", ", sourceKey.Select(column => $"e.{SqlName.Quote(column)}"))}
            ) c
            GROUP BY {keys}
            HAVING SUM(c.own_count) <> SUM(c.source_count)
            """,
            []);
    }

    private string Key() => KeyOf(key);

    private static string KeyOf(IEnumerable<string> columns) => $"{Joined(columns.Select(column => $"t.{SqlName.Quote(column)}"))} AS row_key";

    private static string Joined(IEnumerable<string> expressions) =>
        string.Join(" || ' ' || ", expressions.Select(expression => $"COALESCE(CAST({expression} AS VARCHAR(256)), '-')"));

    private static string Text(string column) => $"CAST(t.{SqlName.Quote(column)} AS VARCHAR(256))";

    private static string Parameter(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");
}
