using AirportOps.Warehouse.Sql;

namespace AirportOps.Warehouse.Tests.Sql;

public sealed class SqlNameTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData("status", "\"status\"")]
    [InlineData("select", "\"select\"")]
    [InlineData("a\"; DROP TABLE t; --", "\"a\"\"; DROP TABLE t; --\"")]
    [InlineData("é", "\"é\"")]
    public void A_name_stands_in_quotes_with_those_inside_doubled(string name, string expected) => Assert.Equal(expected, SqlName.Quote(name));

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("é234567890123456789012345678901234567890123456789012345678901234")]
    public void What_can_name_nothing_is_refused(string name) => Assert.Throws<ArgumentException>(() => SqlName.Quote(name));

    [Fact]
    public void A_name_may_have_as_many_bytes_as_PostgreSQL_keeps() => Assert.Equal(65, SqlName.Quote(new string('a', 63)).Length);

    [Fact]
    public void A_table_is_quoted_part_by_part() => Assert.Equal("\"gold\".\"fact_flight\"", SqlName.QuoteTable("gold.fact_flight"));

    [Theory]
    [InlineData("fact_flight")]
    [InlineData("a.b.c")]
    [InlineData("gold.")]
    public void A_table_has_a_schema_and_a_name(string table) => Assert.Throws<ArgumentException>(() => SqlName.QuoteTable(table));

    [Fact]
    public async Task PostgreSQL_reads_a_quoted_name_as_the_name_it_was()
    {
        const string Name = "odd \"name\"; --";
        await using var database = await cluster.CreateDatabaseAsync();

        Assert.Equal(["1"], await database.RowsAsync($"SELECT {SqlName.Quote(Name)} FROM (SELECT 1 AS {SqlName.Quote(Name)}) t"));
    }
}
