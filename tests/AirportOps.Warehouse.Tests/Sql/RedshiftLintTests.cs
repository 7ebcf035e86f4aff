namespace AirportOps.Warehouse.Tests.Sql;

public sealed class RedshiftLintTests
{
    [Fact]
    public void The_shipped_SQL_keeps_to_what_Redshift_has()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "warehouse-sql");
        var files = Directory.EnumerateFiles(root, "*.sql", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Path.Combine(root, "postgres"), StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(file => RedshiftLint.Check(Path.GetRelativePath(root, file), File.ReadAllText(file))));
    }

    [Theory]
    [InlineData("CREATE INDEX i ON t (a)", "Redshift has no indexes: declare a SORTKEY, or write it as --postgres:")]
    [InlineData("SELECT a::VARCHAR(3) FROM t", "write CAST(… AS …)")]
    [InlineData("SELECT COUNT(*) FILTER (WHERE a) FROM t", "write SUM(CASE …)")]
    [InlineData("INSERT INTO t SELECT 1 ON CONFLICT DO NOTHING", "write MERGE|MERGE has no DO NOTHING there")]
    [InlineData("SELECT 'a\\b'", "a backslash in a constant is an escape there")]
    [InlineData("SELECT E'a'", "Redshift has no E'…'")]
    [InlineData("CREATE TABLE t (a VARCHAR, b DECIMAL)", "VARCHAR needs its size|DECIMAL needs its size")]
    [InlineData("SELECT a AS offset FROM t", "offset is reserved there")]
    [InlineData("MERGE INTO s.t AS x USING u ON x.a = u.a WHEN MATCHED THEN UPDATE SET b = 1", "the target of MERGE takes no alias|MERGE has exactly one WHEN MATCHED THEN UPDATE and one WHEN NOT MATCHED THEN INSERT")]
    [InlineData("MERGE INTO t USING (SELECT 1) u ON t.a = u.a WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT (a) VALUES (1)", "the source of MERGE is a table")]
    [InlineData("SELECT SUM(a) OVER (PARTITION BY b ORDER BY c) FROM t", "SUM over an ordered window needs ROWS BETWEEN")]
    [InlineData("SELECT SUM(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), ROW_NUMBER() OVER (ORDER BY c), MAX(a) OVER (PARTITION BY b) FROM t", "")]
    [InlineData("SELECT 'ON CONFLICT' AS a -- FILTER (WHERE x)", "")]
    [InlineData("--postgres:CREATE INDEX i ON t (a);\nSELECT 1", "")]
    public void What_Redshift_lacks_is_found(string sql, string reasons) =>
        Assert.Equal(
            reasons.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(reason => $"f.sql line 1: {reason}"), RedshiftLint.Check("f.sql", sql));

    [Fact]
    public void A_finding_names_its_line() =>
        Assert.Equal(["f.sql line 4: write CAST(… AS …)"], RedshiftLint.Check("f.sql", "SELECT 1;\n\nSELECT\n  a::DATE\nFROM t;"));
}
