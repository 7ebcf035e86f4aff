using AirportOps.Warehouse.Migrations;

namespace AirportOps.Warehouse.DataTests;

/// <summary>
/// Reads the tests that files below <c>tests/</c> of the warehouse's SQL declare. What may stand in them, <c>docs/data-tests.md</c> says.
/// </summary>
internal sealed class TestDeclarations
{
    private readonly Dictionary<string, DataTest> _tests = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usedQueries = new(StringComparer.Ordinal);

    private TestDeclarations()
    {
    }

    /// <summary>All tests, in the order of their declaration.</summary>
    /// <param name="folder">The warehouse's SQL.</param>
    /// <exception cref="DataTestException">A declaration can't be read, or two are the same.</exception>
    internal static IReadOnlyList<DataTest> Read(ScriptFolder folder)
    {
        var declarations = new TestDeclarations();
        var queries = folder.TestQueries().ToDictionary(query => query.Name, query => query.Content, StringComparer.Ordinal);
        foreach (var file in folder.TestFiles())
        {
            declarations.ReadFile($"tests/{file.Name}", file.Content, queries);
        }

        if (queries.Keys.Except(declarations._usedQueries).FirstOrDefault() is { } unused)
        {
            throw new DataTestException($"tests/{unused}", 1, "No declaration names this query, so it tests nothing. Declare it under its table, or remove it.", null);
        }

        return [.. declarations._tests.Values];
    }

    private void ReadFile(string file, string content, Dictionary<string, string> queries)
    {
        if (YamlValue.Parse(file, content) is not { } root || !root.Map("tables").TryGetValue("tables", out var tables))
        {
            return;
        }

        foreach (var entry in tables.List())
        {
            var table = entry.Map("name", "key", "tests", "columns");
            var name = Required(entry, table, "name").Table();
            var key = table.TryGetValue("key", out var keyColumns) ? keyColumns.List().Select(column => column.Column()).ToList() : null;
            foreach (var test in table.TryGetValue("tests", out var tests) ? tests.List() : [])
            {
                var (kind, value) = test.Single();
                var (suffix, severity, query) = TableTest(name, key, kind, value, test, queries);
                Add(new DataTest($"{name}.{suffix}", name, severity, query, file, test.Line), test);
            }

            foreach (var columnEntry in table.TryGetValue("columns", out var columns) ? columns.List() : [])
            {
                var column = columnEntry.Map("name", "tests");
                var columnName = Required(columnEntry, column, "name").Column();
                foreach (var test in Required(columnEntry, column, "tests").List())
                {
                    var (kind, value) = test.Single();
                    var builder = new QueryBuilder(name, key ?? throw entry.Wrong($"{name} has tests of columns and no key that would name a failing row. Give it one."));
                    var (severity, query) = ColumnTest(builder, name, columnName, kind, value, test);
                    Add(new DataTest($"{name}.{columnName}.{kind}", name, severity, query, file, test.Line), test);
                }
            }
        }
    }

    private (string Suffix, DataTestSeverity Severity, DataTestQuery? Query) TableTest(
        string table,
        List<string>? key,
        string kind,
        YamlValue value,
        YamlValue test,
        Dictionary<string, string> queries)
    {
        switch (kind)
        {
            case "unique":
                var unique = value.Map("columns", "severity");
                var columns = Required(test, unique, "columns").List().Select(column => column.Column()).ToList();
                return ($"{string.Join('_', columns)}.unique", Severity(unique), QueryBuilder.Unique(table, columns));
            case "row_count":
                var rowCount = value.Map("journal", "severity");
                return (kind, Severity(rowCount), new QueryBuilder(table, []).RowCount(Required(test, rowCount, "journal").Column()));
            case "reconciliation":
                var with = value.Map("source", "key", "source_key", "count", "without", "severity");
                var ownKey = with.TryGetValue("key", out var by)
                    ? [.. by.List().Select(column => column.Column())]
                    : key ?? throw test.Wrong($"{table} has no key by which it could be compared. Give it one.");
                var sourceKey = with.TryGetValue("source_key", out var other) ? other.List().Select(column => column.Column()).ToList() : ownKey;
                return sourceKey.Count == ownKey.Count
                    ? (kind, Severity(with), new QueryBuilder(table, ownKey).Reconciliation(
                        Required(test, with, "source").Table(),
                        sourceKey,
                        with.TryGetValue("count", out var count) ? count.Column() : null,
                        with.TryGetValue("without", out var without) ? without.Column() : null))
                    : throw other!.Wrong($"source_key has {sourceKey.Count} columns, the key {ownKey.Count}; expected as many.");
            case "manifests":
                return (kind, Severity(value.Map("severity")), null);
            case "sql":
                var sql = value.Map("file", "severity");
                var file = Required(test, sql, "file");
                _usedQueries.Add(file.Text());
                return queries.TryGetValue(file.Text(), out var query)
                    ? (Path.GetFileNameWithoutExtension(file.Text()), Severity(sql), new DataTestQuery(query, []))
                    : throw file.Wrong($"There is no tests/{file.Text()}.");
            default:
                throw test.Wrong($"'{kind}' is no test of a table; expected unique, row_count, reconciliation, manifests or sql.");
        }
    }

    private static (DataTestSeverity Severity, DataTestQuery Query) ColumnTest(
        QueryBuilder builder,
        string table,
        string column,
        string kind,
        YamlValue value,
        YamlValue test)
    {
        switch (kind)
        {
            case "not_null":
                return (Severity(value.Map("severity")), builder.NotNull(column));
            case "unique":
                return (Severity(value.Map("severity")), QueryBuilder.Unique(table, [column]));
            case "accepted_values":
                var accepted = value.Map("values", "severity");
                return (Severity(accepted), builder.AcceptedValues(column, [.. Required(test, accepted, "values").List().Select(one => one.Constant())]));
            case "range":
                var range = value.Map("min", "max", "severity");
                var (min, max) = (range.GetValueOrDefault("min")?.Constant(), range.GetValueOrDefault("max")?.Constant());
                return min is null && max is null
                    ? throw test.Wrong("A range needs min, max or both.")
                    : (Severity(range), builder.Range(column, min, max));
            case "relationships":
                var parent = value.Map("to", "column", "severity");
                return (Severity(parent), builder.Relationship(column, Required(test, parent, "to").Table(), parent.GetValueOrDefault("column")?.Column() ?? column));
            case "freshness":
                var fresh = value.Map("max_age", "behind", "severity");
                var behind = fresh.GetValueOrDefault("behind")?.Map("table", "column");
                (string, string)? other = behind is null ? null : (Required(test, behind, "table").Table(), Required(test, behind, "column").Column());
                return (Severity(fresh), builder.Freshness(column, Required(test, fresh, "max_age").Duration(), other));
            default:
                throw test.Wrong($"'{kind}' is no test of a column; expected not_null, unique, accepted_values, range, relationships or freshness.");
        }
    }

    private void Add(DataTest test, YamlValue declared)
    {
        if (!_tests.TryAdd(test.Name, test))
        {
            var first = _tests[test.Name];
            throw declared.Wrong($"{test.Name} is declared in {first.File} line {first.Line} already. Remove one.");
        }
    }

    private static DataTestSeverity Severity(Dictionary<string, YamlValue> values) => values.GetValueOrDefault("severity") switch
    {
        null => DataTestSeverity.Error,
        var given => given.Text() switch
        {
            "error" => DataTestSeverity.Error,
            "warn" => DataTestSeverity.Warn,
            var other => throw given.Wrong($"'{other}' is no severity; expected warn or error."),
        },
    };

    private static YamlValue Required(YamlValue owner, Dictionary<string, YamlValue> values, string name) =>
        values.TryGetValue(name, out var value) ? value : throw owner.Wrong($"{name} is missing.");
}
