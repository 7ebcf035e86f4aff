using System.CommandLine;
using AirportOps.Cli.Output;
using AirportOps.Lake;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Silver;
using AirportOps.Reference;
using AirportOps.Streams;
using AirportOps.Warehouse;

namespace AirportOps.Cli.Hosting;

/// <summary>Hosts stages side by side, each told to end when the one before it has ended.</summary>
internal static class PipelineRun
{
    /// <summary>The option that makes a service end.</summary>
    internal static readonly Option<bool> Once = new("--once") { Description = "Work off what is there and end [default: go on until stopped]" };

    /// <summary>A verb that hosts stages: until stopped, which is its ordinary end, or with --once until all is worked off.</summary>
    internal static async Task<int> RunVerbAsync(VerbContext context, PipelineStages stages, CancellationToken cancellationToken)
    {
        var once = context.Parsed.GetValue(Once);
        var progress = new PipelineProgress();
        await using var stream = context.Places.OpenStream();
        var lake = context.Places.OpenLake();
        await using var warehouse = (stages & (PipelineStages.Load | PipelineStages.Gold)) == 0
            ? null
            : await context.Places.OpenMigratedWarehouseAsync(cancellationToken);
        await using (ProgressDisplay.Start(context.Error, context.Clock, progress.Of(stages)))
        {
            try
            {
                var drain = once ? Drain.Now() : new Drain();
                await RunAsync(context, stages, stream, lake, warehouse, drain, progress, cancellationToken);
            }
            catch (OperationCanceledException) when (!once && cancellationToken.IsCancellationRequested)
            {
                // A service ends by being stopped; every stage has committed or rolled back what it had open.
            }
        }

        await Result.WriteAsync(context, progress.ToResult(stages));
        return ExitCode.Done;
    }

    /// <summary>Runs stages until all is worked off after the drain, or until stopped.</summary>
    internal static async Task RunAsync(
        VerbContext context,
        PipelineStages stages,
        IEventStream stream,
        ILake lake,
        WarehouseDatabase? warehouse,
        Drain drain,
        PipelineProgress progress,
        CancellationToken cancellationToken)
    {
        using var group = new StageGroup(cancellationToken);
        var cleaned = new Drain();
        if (stages.HasFlag(PipelineStages.Silver))
        {
            var options = SilverOptions.Default with { Limits = context.Settings.Window };
            var silver = new SilverStage(stream, lake, ReferenceTables.Default, options, progress.Silver, context.Clock);
            _ = group.Start(async stop =>
            {
                await silver.RunAsync(drain, stop);
                cleaned.Request();
            });
        }

        await group.WaitAsync();
    }
}
