using System.Text;

namespace AirportOps.Warehouse.Tests.Dictionary;

/// <summary>Writes the data dictionary from the comments of a migrated database.</summary>
internal static class DataDictionary
{
    private static readonly (string Schema, string Title)[] Schemas =
    [
        ("bi", "What people read"),
        ("gold", "The star schema"),
        ("staging", "Silver as it was loaded"),
        ("ops", "The pipeline's own books"),
    ];

    /// <summary>The page, in Markdown.</summary>
    internal static async Task<string> WriteAsync(WarehouseDatabase database)
    {
        var page = new StringBuilder(
            """
            # Data dictionary

            Made from the comments in [`warehouse-sql`](../warehouse-sql) by `./dev dictionary`; a test fails when it is not up to date. Times are UTC, text is at most as many bytes as its type says.
            What becomes of what, [warehouse.md](warehouse.md) tells.

            """);
        foreach (var (schema, title) in Schemas)
        {
            page.Append($"\n## {schema}: {title}\n");
            foreach (var table in await TablesAsync(database, schema))
            {
                page.Append($"\n### {schema}.{table.Name}\n\n{table.Comment}.\n\n| column | type | null | |\n| --- | --- | --- | --- |\n");
                foreach (var column in await ColumnsAsync(database, schema, table.Name))
                {
                    page.Append($"| {column} |\n");
                }
            }
        }

        return page.ToString();
    }

    private static async Task<List<(string Name, string Comment)>> TablesAsync(WarehouseDatabase database, string schema) =>
    [
        .. (await database.RowsAsync(
            $"SELECT c.relname, obj_description(c.oid) FROM pg_class c WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind IN ('r', 'v') ORDER BY 1"))
            .Select(row => row.Split('|', 2)).Select(parts => (parts[0], parts[1])),
    ];

    /// <summary>The columns as cells of the table: name, type as the scripts write it, whether it may be null, meaning.</summary>
    private static Task<List<string>> ColumnsAsync(WarehouseDatabase database, string schema, string table) => database.RowsAsync(
        $"""
        SELECT ' ' || a.attname || ' ',
            ' ' || UPPER(REPLACE(REPLACE(REPLACE(format_type(a.atttypid, a.atttypmod), 'character varying', 'varchar'), 'numeric', 'decimal'), ' without time zone', '')) || ' ',
            CASE WHEN a.attnotnull OR c.relkind = 'v' THEN ' ' ELSE ' null ' END,
            ' ' || REPLACE(col_description(c.oid, a.attnum), '|', '\|')
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.oid = '{schema}.{table}'::regclass AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """);
}
