using System.CommandLine;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Reference;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Migrations;

namespace AirportOps.Cli.Commands;

/// <summary><c>gold build</c>: staging into the star schema. <c>gold test</c>: the data tests.</summary>
internal static class GoldCommand
{
    internal static Command Create(VerbHost host) => new("gold", "The star schema")
    {
        host.Verb("build", "Bring the star schema up to date with staging", BuildAsync),
        GoldTestVerb.Create(host),
    };

    private static async Task<int> BuildAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var warehouse = await context.Places.OpenMigratedWarehouseAsync(cancellationToken);
        var started = context.Clock.GetTimestamp();
        var outcome = await new GoldBuild(warehouse, ScriptFolder.Shipped, ReferenceTables.Default, context.Clock, context.Places.Logger)
            .RunAsync(cancellationToken);
        await Result.WriteAsync(context, new Result
        {
            ["batches"] = outcome.Batches,
            ["legs_touched"] = outcome.Legs,
            ["legs_inserted"] = outcome.Inserted,
            ["legs_changed"] = outcome.Changed,
            ["seconds"] = Math.Round(context.Clock.GetElapsedTime(started).TotalSeconds, 3),
        });
        return ExitCode.Done;
    }
}
