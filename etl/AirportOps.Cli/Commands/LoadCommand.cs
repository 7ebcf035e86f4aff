using System.CommandLine;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Cli.Commands;

/// <summary><c>load</c>: Silver that is not yet in staging, into staging.</summary>
internal static class LoadCommand
{
    private static readonly Option<bool> Follow = new("--follow")
    {
        Description = "Go on until stopped; of several that share a lease table one loads and the others stand by [default: load what is there and end]",
    };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("load", "Load Silver that is not yet in staging", RunAsync);
        command.Options.Add(Follow);
        command.Options.Add(MetricsOption.Emf);
        WorkerOptions.AddLeaderTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(Follow))
        {
            return await PipelineRun.RunVerbAsync(context, PipelineStages.Load, cancellationToken);
        }

        context.Places.CheckLoads();
        await using var watch = StageWatch.Start(context);
        var lake = context.Places.OpenLake();
        await using var warehouse = await context.Places.OpenMigratedWarehouseAsync(cancellationToken);
        var progress = new StageProgress("load");
        LoadOutcome outcome;
        await using (ProgressDisplay.Start(context.Error, context.Clock, progress))
        {
            outcome = await new LoaderStage(new WindowStore(lake), lake, context.Places.StagingOf(warehouse), context.Clock)
                .RunAsync(null, Drain.Now(), progress, cancellationToken);
        }

        await Result.WriteAsync(
            context,
            new Result { ["batches"] = outcome.Batches, ["rows"] = outcome.Rows, ["duplicates"] = outcome.Duplicates });
        return ExitCode.Done;
    }
}
