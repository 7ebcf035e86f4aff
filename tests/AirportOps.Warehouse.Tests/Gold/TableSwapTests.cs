using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Tests.Sql;

namespace AirportOps.Warehouse.Tests.Gold;

public sealed class TableSwapTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_SQL_of_a_swap_keeps_to_what_Redshift_has(bool isFull) =>
        Assert.Empty(StarTable.All.SelectMany(table => Statements(table, isFull).SelectMany(sql => RedshiftLint.Check(table.Name, sql))));

    [Fact]
    public void A_swap_of_nothing_has_no_statement() =>
        Assert.Equal("", SwapOf(StarTable.All[0]).Write(default).Content);

    private static TableSwap SwapOf(StarTable table) =>
        new(table, [new("gate", "character varying"), new("is_cancelled", "boolean")], hasBuildNumber: true);

    private static string[] Statements(StarTable table, bool isFull) =>
        [SwapOf(table).Compare(isFull).Content, SwapOf(table).Counts, SwapOf(table).Write(new SwapCounts(1, 1, 1)).Content, TableSwap.Record([(table, default)])];
}
