namespace AirportOps.Warehouse.Tests.Sql;

public sealed class RedshiftArithmeticTests
{
    [Theory]
    [InlineData("build")]
    [InlineData("repeatable")]
    [InlineData("tests")]
    public void No_value_of_the_facts_overflows_a_cast(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "warehouse-sql", folder), "*.sql");

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(file => RedshiftArithmetic.Check(Path.GetFileName(file), File.ReadAllText(file))));
    }

    [Theory]
    [InlineData("CAST(DATEDIFF(minute, a, b) AS INTEGER)", "minutes between any two instants need 33 bits: ask BETWEEN -2147483648 AND 2147483647 first")]
    [InlineData("CASE WHEN DATEDIFF(minute, a, c) BETWEEN -2147483648 AND 2147483647 THEN CAST(DATEDIFF(minute, a, b) AS INTEGER) END", "minutes between any two instants need 33 bits: ask BETWEEN -2147483648 AND 2147483647 first")]
    [InlineData("CASE WHEN DATEDIFF(minute, a, b) BETWEEN -2147483648 AND 2147483647 THEN CAST(DATEDIFF(minute, a, b) AS INTEGER) END", null)]
    [InlineData("CAST(SUM(delay) AS DECIMAL(18,6))", "a sum has up to 19 digits, 12 fit")]
    [InlineData("CAST(SUM(delay) AS DECIMAL(28,6))", null)]
    [InlineData("CAST(ROUND(CAST(SUM(delay) AS DECIMAL(28,6)) / n, 2) AS DECIMAL(10,2))", "a mean of integers has up to 10 digits, 8 fit")]
    [InlineData("CAST(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY minutes) AS DECIMAL(10,1))", "a mean of integers has up to 10 digits, 9 fit")]
    public void A_cast_that_overflows_is_found(string expression, string? reason) =>
        Assert.Equal(reason is null ? [] : [$"f.sql line 1: {reason}"], RedshiftArithmetic.Check("f.sql", $"SELECT {expression} FROM t"));
}
