using AirportOps.Warehouse.DataTests;
using AirportOps.Warehouse.Migrations;
using AirportOps.Warehouse.Sql;
using AirportOps.Warehouse.Tests.Sql;

namespace AirportOps.Warehouse.Tests.DataTests;

public sealed class TestDeclarationsTests : IDisposable
{
    private readonly DirectoryInfo _folder = TestFolder.Create();

    [Fact]
    public void A_declaration_becomes_tests_named_by_table_column_and_kind()
    {
        var tests = Read(
            """
            tables:
              - name: gold.bag
                key: [tag]
                tests:
                  - unique: {columns: [tag, leg]}
                columns:
                  - name: tag
                    tests: [not_null, unique]
                  - name: weight
                    tests:
                      - range: {min: 0, max: 99.5, severity: warn}
            """);

        Assert.Equal(
            [
                ("gold.bag.tag_leg.unique", DataTestSeverity.Error, 5),
                ("gold.bag.tag.not_null", DataTestSeverity.Error, 8),
                ("gold.bag.tag.unique", DataTestSeverity.Error, 8),
                ("gold.bag.weight.range", DataTestSeverity.Warn, 11),
            ],
            tests.Select(test => (test.Name, test.Severity, test.Line)));
        Assert.Equal(
            "SELECT COALESCE(CAST(t.\"tag\" AS VARCHAR(256)), '-') AS row_key, CAST(t.\"weight\" AS VARCHAR(256)) AS detail FROM \"gold\".\"bag\" t WHERE t.\"weight\" < @p0 OR t.\"weight\" > @p1",
            tests[3].Query!.Sql);
        Assert.Equal([0L, 99.5m], tests[3].Query!.Values);
    }

    [Theory]
    [InlineData("tables:\n  - name: 'a.b", "line 2: This is no YAML: ")]
    [InlineData("tables:\n  - name: a.b\n    key: [c]\n    colums: []", "line 4: 'colums' means nothing here; expected one of name, key, tests, columns.")]
    [InlineData("tables:\n  - key: [c]", "line 2: name is missing.")]
    [InlineData("tables:\n  - name: b", "line 2: 'b' is no schema.table.")]
    [InlineData("tables:\n  - name: a.b\n    tests: [unique]", "line 3: columns is missing.")]
    [InlineData("tables:\n  - name: a.b\n    tests: [uniq]", "line 3: 'uniq' is no test of a table; expected unique, row_count, reconciliation, manifests or sql.")]
    [InlineData(
        "tables:\n  - name: a.b\n    key: [c]\n    columns:\n      - name: c\n        tests: [exists]",
        "line 6: 'exists' is no test of a column; expected not_null, unique, accepted_values, range, relationships or freshness.")]
    [InlineData(
        "tables:\n  - name: a.b\n    columns:\n      - name: c\n        tests: [not_null]",
        "line 2: a.b has tests of columns and no key that would name a failing row. Give it one.")]
    [InlineData("tables:\n  - name: a.b\n    key: [c]\n    columns:\n      - name: c\n        tests:\n          - range: {}", "line 7: A range needs min, max or both.")]
    [InlineData(
        "tables:\n  - name: a.b\n    key: [c]\n    columns:\n      - name: c\n        tests:\n          - not_null: {severity: fatal}",
        "line 7: 'fatal' is no severity; expected warn or error.")]
    [InlineData(
        "tables:\n  - name: a.b\n    key: [c]\n    columns:\n      - name: c\n        tests:\n          - freshness: {max_age: soon}",
        "line 7: 'soon' is no length of time; expected a number and s, m, h or d.")]
    [InlineData(
        "tables:\n  - name: a.b\n    key: [c]\n    columns:\n      - name: c\n        tests: [not_null, not_null]",
        "line 6: a.b.c.not_null is declared in tests/t.yml line 6 already. Remove one.")]
    [InlineData("tables:\n  - name: a.b\n    key: ['c\"; DROP']", "line 3: 'c\"; DROP' is no name of a column.")]
    [InlineData("tables:\n  - name: a.b\n    tests:\n      - sql: {file: gone.sql}", "line 4: There is no tests/gone.sql.")]
    [InlineData(
        "tables:\n  - name: a.b\n    key: [c, d]\n    tests:\n      - reconciliation: {source: s.t, source_key: [e]}",
        "line 5: source_key has 1 columns, the key 2; expected as many.")]
    [InlineData("tables: []\n---\ntables: []", "line 3: A second document starts here. Put it into a file of its own.")]
    public void A_bad_declaration_is_one_line_with_its_place(string declaration, string expected)
    {
        var refused = Assert.Throws<DataTestException>(() => Read(declaration));

        Assert.StartsWith($"tests/t.yml {expected}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_query_that_nothing_declares_is_refused()
    {
        Write("lost.sql", "SELECT '' AS row_key, '' AS detail");

        var refused = Assert.Throws<DataTestException>(() => Read("tables: []"));

        Assert.Equal(
            "tests/lost.sql line 1: No declaration names this query, so it tests nothing. Declare it under its table, or remove it.", refused.Message);
    }

    [Fact]
    public void What_the_shipped_declarations_become_keeps_to_what_Redshift_has()
    {
        var tests = TestDeclarations.Read(ScriptFolder.Shipped);

        Assert.NotEmpty(tests);
        Assert.Empty(tests.Where(test => test.Query is not null).SelectMany(test => RedshiftLint.Check(test.Name, test.Query!.Sql)));
        Assert.All(tests.Where(test => test.Query is not null), test => Assert.Single(PostgresDialect.Render(test.Query!.Sql)));
    }

    [Theory]
    [InlineData("gold.bag", true)]
    [InlineData("bag", true)]
    [InlineData("bag.tag", true)]
    [InlineData("bag.tag.unique", true)]
    [InlineData("gold", true)]
    [InlineData("ba", false)]
    [InlineData("tag", false)]
    public void A_selection_is_the_start_of_a_name_up_to_a_dot(string selection, bool expected) =>
        Assert.Equal(expected, new DataTest("gold.bag.tag.unique", "gold.bag", DataTestSeverity.Error, null, "f", 1).IsSelectedBy(selection));

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyList<DataTest> Read(string declaration)
    {
        Write("t.yml", declaration);
        return TestDeclarations.Read(new ScriptFolder(_folder.FullName));
    }

    private void Write(string name, string content) =>
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("tests").FullName, name), content);
}
