using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Tests.Sql;

namespace AirportOps.Warehouse.Tests.Gold;

public sealed class TableSwapTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_SQL_of_a_swap_keeps_to_what_Redshift_has(bool isFull) =>
        Assert.Empty(StarTable.All.SelectMany(table => RedshiftLint.Check(
            table.Name,
            new TableSwap(table, [new("gate", "character varying"), new("is_cancelled", "boolean")], hasBuildNumber: true).ToScript(isFull).Content)));
}
