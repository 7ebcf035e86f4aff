using System.Globalization;
using System.Text;
using AirportOps.Warehouse.Migrations;

namespace AirportOps.Warehouse.Gold;

/// <summary>
/// Writes the SQL that swaps a table's touched rows for the new ones: what changed is noted in <c>ops.restatement</c>, rows that the events no
/// longer make are removed, rows that stay as they are are not written. The same for every table, hence made from its columns. In the subset of
/// SQL that Redshift and PostgreSQL share. The session's end drops its temporary tables.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="columns">Its columns without the key and <c>build_number</c>, in order.</param>
/// <param name="hasBuildNumber">Whether its rows say which build wrote them.</param>
internal sealed class TableSwap(StarTable table, IReadOnlyList<StarColumn> columns, bool hasBuildNumber)
{
    private readonly string _gold = $"gold.{table.Name}";
    private readonly StarColumn[] _restated = [.. columns.Where(column => column.IsRestated(table))];

    /// <summary>A query that counts what is to be inserted, changed and removed, once <see cref="Compare"/> has run.</summary>
    internal string Counts =>
        $"""
        SELECT n.inserted, c.changed, o.removed
        FROM (SELECT COUNT(*) AS inserted FROM new_{table.Name} WHERE {table.Key} = 0) n
        CROSS JOIN (SELECT COUNT(*) AS changed FROM changed_{table.Name}) c
        CROSS JOIN (SELECT COUNT(*) AS removed FROM gone_{table.Name}) o
        """;

    /// <summary>Finds the rows that differ and those that are gone.</summary>
    /// <param name="isFull">Whether all rows of the table are replaced, so that one without events goes too.</param>
    internal Script Compare(bool isFull)
    {
        var sql = new StringBuilder();
        Changed(sql);
        Gone(sql, isFull);
        return ToScript("comparison", sql);
    }

    /// <summary>Brings the table up to date; no statement for what the counts say there is none of.</summary>
    internal Script Write(SwapCounts counts)
    {
        var sql = new StringBuilder();
        if (counts.Changed + counts.Removed > 0)
        {
            Restate(sql);
        }

        if (counts.Removed > 0)
        {
            Remove(sql);
        }

        if (counts.Inserted + counts.Changed > 0)
        {
            Merge(sql);
        }

        return ToScript("swap", sql);
    }

    /// <summary>Notes what a build did to each table.</summary>
    internal static string Record(IEnumerable<(StarTable Table, SwapCounts Counts)> swaps) =>
        "INSERT INTO ops.gold_build_table (build_number, table_name, inserted, changed, removed)\n"
        + "SELECT r.build_number, t.table_name, t.inserted, t.changed, t.removed\nFROM build_range r\nCROSS JOIN (\n"
        + string.Join("\n    UNION ALL\n", swaps.Select(swap => string.Create(
            CultureInfo.InvariantCulture,
            $"    SELECT CAST('gold.{swap.Table.Name}' AS VARCHAR(128)) AS table_name, "
            + $"{swap.Counts.Inserted} AS inserted, {swap.Counts.Changed} AS changed, {swap.Counts.Removed} AS removed")))
        + "\n) t";

    private Script ToScript(string what, StringBuilder sql) => new($"{what} of {_gold}", ScriptKind.Repeatable, sql.ToString());

    private string RowKey(string alias) => string.Format(CultureInfo.InvariantCulture, table.RowKey, alias);

    private void Changed(StringBuilder sql)
    {
        sql.Append($"CREATE TEMP TABLE changed_{table.Name} AS\nSELECT n.{table.Key}, {RowKey("n")} AS row_key");
        foreach (var column in _restated)
        {
            sql.Append($",\n    {column.AsText("g")} AS old_{column.Name}, {column.AsText("n")} AS new_{column.Name}");
        }

        sql.Append($"\nFROM new_{table.Name} n\nJOIN {_gold} g ON g.{table.Key} = n.{table.Key}\nWHERE ");
        sql.AppendJoin("\n    OR ", columns.Select(column => column.Differs("n", "g")));
        sql.Append(";\n");
    }

    private void Gone(StringBuilder sql, bool isFull)
    {
        var replaced = isFull ? $"{_gold} o WHERE o.{table.Key} <> -1" : $"old_{table.Name} o WHERE o.{table.Key} <> 0";
        sql.Append(
            $"""
            CREATE TEMP TABLE gone_{table.Name} AS
            SELECT o.{table.Key}
            FROM (SELECT DISTINCT o.{table.Key} FROM {replaced}) o
            LEFT JOIN new_{table.Name} n ON n.{table.Key} = o.{table.Key}
            WHERE n.{table.Key} IS NULL;

            """);
    }

    private void Restate(StringBuilder sql)
    {
        sql.Append(
            $"""
            INSERT INTO ops.restatement (build_number, table_name, row_key, column_name, old_value, new_value, restated_at)
            SELECT r.build_number, '{_gold}', c.row_key, c.column_name, c.old_value, c.new_value, GETDATE()
            FROM (
                SELECT {RowKey("g")} AS row_key, CAST('*' AS VARCHAR(128)) AS column_name, CAST('a row' AS VARCHAR(256)) AS old_value, CAST(NULL AS VARCHAR(256)) AS new_value
                FROM gone_{table.Name} o
                JOIN {_gold} g ON g.{table.Key} = o.{table.Key}

            """);
        foreach (var column in _restated)
        {
            sql.Append(
                $"""
                    UNION ALL
                    SELECT row_key, '{column.Name}', old_{column.Name}, new_{column.Name} FROM changed_{table.Name}
                    WHERE old_{column.Name} <> new_{column.Name}
                        OR (old_{column.Name} IS NULL AND new_{column.Name} IS NOT NULL) OR (old_{column.Name} IS NOT NULL AND new_{column.Name} IS NULL)

                """);
        }

        sql.Append(") c\nCROSS JOIN build_range r;\n");
    }

    private void Remove(StringBuilder sql) =>
        sql.Append($"DELETE FROM {_gold} USING gone_{table.Name} WHERE {_gold}.{table.Key} = gone_{table.Name}.{table.Key};\n");

    private void Merge(StringBuilder sql)
    {
        var build = hasBuildNumber ? ", r.build_number" : "";
        string[] names = [.. columns.Select(column => column.Name), .. hasBuildNumber ? ["build_number"] : Array.Empty<string>()];
        sql.Append(
            $"""
            CREATE TEMP TABLE merged_{table.Name} AS
            SELECT n.*{build}
            FROM new_{table.Name} n
            CROSS JOIN build_range r
            LEFT JOIN changed_{table.Name} c ON c.{table.Key} = n.{table.Key}
            WHERE n.{table.Key} = 0 OR c.{table.Key} IS NOT NULL;
            MERGE INTO {_gold}
            USING merged_{table.Name} AS s
            ON {_gold}.{table.Key} = s.{table.Key}
            WHEN MATCHED THEN UPDATE SET {string.Join(", ", names.Select(name => $"{name} = s.{name}"))}
            WHEN NOT MATCHED THEN INSERT ({string.Join(", ", names)})
            VALUES ({string.Join(", ", names.Select(name => $"s.{name}"))});

            """);
    }
}
