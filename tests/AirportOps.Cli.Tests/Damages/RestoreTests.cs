using AirportOps.Cli.Tests.Support;

namespace AirportOps.Cli.Tests.Damages;

/// <summary>The restore that docs/deploy.md describes, typed line by line.</summary>
[Collection(typeof(OneDamagedPipeline))]
public sealed class RestoreTests(DamagedPipeline pipeline)
{
    private const string Quality = "SELECT outcome, reason, SUM(events) AS events FROM bi.data_quality_daily GROUP BY outcome, reason ORDER BY outcome, reason";

    [Fact]
    public async Task The_documented_restore_ends_as_an_undisturbed_run()
    {
        await pipeline.RestoreAsync("whole");
        var calm = (await pipeline.Folder.RunAsync("sql", Quality, "--csv")).Done().Output;
        await pipeline.Folder.UntilIdleAsync();
        Directory.CreateSymbolicLink(pipeline.Folder["backup"], pipeline.Folder["early"]);

        foreach (var line in DamageTable.Commands("docs/deploy.md", "### Restore a lake"))
        {
            await pipeline.TypeAsync(line);
        }

        Assert.Equal(pipeline.Expected, await WarehouseDump.ReadAsync(pipeline.Folder));
        Assert.Equal(calm, (await pipeline.Folder.RunAsync("sql", Quality, "--csv")).Done().Output);
        var shown = (await pipeline.Folder.RunAsync("generation", "show", "--json")).Done().Json;
        Assert.Equal(2, shown.GetProperty("live_generation").GetInt32());
        Assert.Equal(Records.OfBronze(pipeline.Folder[".airportops/lake/bronze"]), await Records.OfStreamAsync(pipeline.Folder[".airportops/stream/airport-events"]));
    }
}
