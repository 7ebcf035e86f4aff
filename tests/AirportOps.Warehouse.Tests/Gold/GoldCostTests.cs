using System.Globalization;
using AirportOps.Reference;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using static AirportOps.Warehouse.Tests.Loading.SilverRow;

namespace AirportOps.Warehouse.Tests.Gold;

/// <summary>What keeps a star schema fresh: a small build costs what its events cost, however much came before them.</summary>
public sealed class GoldCostTests(ClusterFixture cluster)
{
    private const int MostStatements = 175;
    private const int NewEvents = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_small_build_is_a_bounded_number_of_statements()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        var events = StagedEvents.Simulate(2_000, 21);
        await gold.Database.StageAsync("s", events[..^NewEvents]);
        await gold.BuildAsync();
        await gold.Database.StageAsync("s", events[^NewEvents..]);

        var warehouse = new CountingWarehouse(gold.Database);
        await new GoldBuild(warehouse, ScriptFolder.Shipped, ReferenceTables.Default, TimeProvider.System, NullLogger.Instance).RunAsync(Token);

        Assert.InRange(warehouse.Statements, 50, MostStatements);
    }

    [Fact]
    public async Task A_backlog_is_built_oldest_first_in_transactions_of_a_bounded_size()
    {
        await using var gold = await GoldFixture.CreateAsync(cluster);
        foreach (var number in Enumerable.Range(1, 4))
        {
            var id = number.ToString(CultureInfo.InvariantCulture);
            await gold.LoadAsync("s", Flight(id, "14:00", "departed", "flight_number", 100 + number));
        }

        await gold.Database.ExecuteAsync("UPDATE ops.load_batch SET flight_rows = 250000 WHERE load_number IN (1, 3)");

        Assert.Equal(new GoldBuildOutcome(3, 4, 4, 4, 0), await gold.BuildAsync());
        Assert.Equal(["1|0|1", "2|1|3", "3|3|4"], await gold.Database.RowsAsync("SELECT build_number, from_load, to_load FROM ops.gold_build ORDER BY 1"));
        Assert.Equal(default, await gold.BuildAsync());

        // A full build takes all loads at once: the star that it swaps in must be whole.
        await gold.FullBuildAsync();
        Assert.Equal(["4|0|4"], await gold.Database.RowsAsync("SELECT build_number, from_load, to_load FROM ops.gold_build WHERE is_full"));
    }
}
