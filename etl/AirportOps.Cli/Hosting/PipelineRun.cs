using System.CommandLine;
using AirportOps.Cleaning.Seen;
using AirportOps.Cli.Health;
using AirportOps.Cli.Output;
using AirportOps.Lake;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Streams;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Migrations;

namespace AirportOps.Cli.Hosting;

/// <summary>Hosts stages side by side, each told to end when the one before it has ended.</summary>
internal static class PipelineRun
{
    /// <summary>The option that makes a service end.</summary>
    internal static readonly Option<bool> Once = new("--once") { Description = "Work off what is there and end [default: go on until stopped]" };

    /// <summary>How long staging gathers before the star schema is brought up to date.</summary>
    private static readonly TimeSpan GoldInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// From the end of a build to the next one's start on Redshift, where a build costs seconds whatever it finds, and asking keeps a serverless
    /// workgroup awake.
    /// </summary>
    private static readonly TimeSpan RedshiftGoldInterval = TimeSpan.FromSeconds(60);

    /// <summary>A verb that hosts stages: until stopped, which is its ordinary end, or with --once until all is worked off.</summary>
    internal static async Task<int> RunVerbAsync(VerbContext context, PipelineStages stages, CancellationToken cancellationToken)
    {
        var once = context.Parsed.GetValue(Once);
        var progress = new PipelineProgress();
        await using var watch = StageWatch.Start(context);
        await using var heartbeat = Heartbeat.Start(context, context.Parsed.CommandResult.Command.Name, progress.Of(stages));
        try
        {
            await HostAsync(context, stages, once ? Drain.Now() : new Drain(), progress, cancellationToken);
        }
        catch (OperationCanceledException) when (!once && cancellationToken.IsCancellationRequested)
        {
            // A service ends by being stopped, be it while its warehouse still starts; every stage has committed or rolled back what it had open.
        }

        await Result.WriteAsync(context, progress.ToResult(stages));
        return ExitCode.Done;
    }

    private static async Task HostAsync(
        VerbContext context, PipelineStages stages, Drain drain, PipelineProgress progress, CancellationToken cancellationToken)
    {
        if (stages.HasFlag(PipelineStages.Load))
        {
            context.Places.CheckLoads();
        }

        await using var stream = context.Places.OpenStream();
        var lake = context.Places.OpenLake();
        await using var warehouse = (stages & (PipelineStages.Load | PipelineStages.Gold)) == 0
            ? null
            : await context.Places.OpenMigratedWarehouseAsync(cancellationToken);
        await using (ProgressDisplay.Start(context.Error, context.Clock, progress.Of(stages)))
        {
            await RunAsync(context, stages, stream, lake, warehouse is null ? null : Task.FromResult(warehouse), drain, progress, cancellationToken);
        }
    }

    /// <summary>Runs stages until all is worked off after the drain, or until stopped.</summary>
    /// <param name="context">Settings and clock.</param>
    /// <param name="stages">Which.</param>
    /// <param name="stream">The stream that Bronze and Silver read.</param>
    /// <param name="lake">The lake.</param>
    /// <param name="warehouse">The warehouse; needed by Load and Gold only, and waited for by them only.</param>
    /// <param name="drain">Requested once nothing more comes onto the stream.</param>
    /// <param name="progress">Where the stages count.</param>
    /// <param name="cancellationToken">Stops all stages.</param>
    internal static async Task RunAsync(
        VerbContext context,
        PipelineStages stages,
        IEventStream stream,
        ILake lake,
        Task<IWarehouse>? warehouse,
        Drain drain,
        PipelineProgress progress,
        CancellationToken cancellationToken)
    {
        using var table = context.Places.OpenLeaseTable();
        var leases = table is null ? null : context.Places.Share(table, context.Settings.Leases.ToOptions());
        using var group = new StageGroup(cancellationToken);
        var cleaned = stages.HasFlag(PipelineStages.Silver) ? new Drain() : drain;
        var loaded = stages.HasFlag(PipelineStages.Load) ? new Drain() : cleaned;
        if (stages.HasFlag(PipelineStages.Bronze))
        {
            var archiver = new BronzeArchiver(lake, BronzeLimits.Default, context.Clock) { Leases = leases };
            group.Start(stop => archiver.RunAsync(stream, drain, progress.Bronze, stop));
        }

        if (stages.HasFlag(PipelineStages.Silver))
        {
            var options = SilverOptions.Default with
            {
                Limits = context.Settings.Window,
                Ids = new SeenLimit(context.Settings.IdsInMemory, Path.Combine(context.Settings.Data, "ids")),
            };
            var silver = new SilverStage(stream, lake, context.Reference, options, progress.Silver, context.Clock) { Leases = leases };
            group.Start(async stop =>
            {
                await silver.RunAsync(drain, stop);
                cleaned.Request();
            });
        }

        if (stages.HasFlag(PipelineStages.Load))
        {
            group.Start(async stop =>
            {
                var opened = await warehouse!;
                var loader = new LoaderStage(new WindowStore(lake), lake, context.Places.StagingOf(opened), context.Clock);

                // A service is led by one of all processes; what there is to work off at once anybody may.
                await (leases is null || drain.IsRequested
                    ? loader.RunAsync(null, cleaned, progress.Load, stop)
                    : leases.Lead(lake, "load", opened.Location, context.Clock)
                        .RunAsync(leading => loader.RunAsync(null, cleaned, progress.Load, leading), progress.Load.Touch, stop));
                loaded.Request();
            });
        }

        if (stages.HasFlag(PipelineStages.Gold))
        {
            group.Start(async stop => await BuildGoldAsync(context, await warehouse!, loaded, progress, stop));
        }

        await group.WaitAsync();
    }

    private static async Task BuildGoldAsync(
        VerbContext context,
        IWarehouse warehouse,
        Drain loaded,
        PipelineProgress progress,
        CancellationToken cancellationToken)
    {
        var build = new GoldBuild(warehouse, ScriptFolder.Shipped, context.Reference, context.Clock, context.Places.Logger);
        using var age = new GoldAge(context.Clock);
        while (true)
        {
            var isLastBuild = loaded.IsRequested;
            var loads = progress.Load.Snapshot().Outputs;
            var started = context.Clock.GetTimestamp();
            var outcome = await build.RunAsync(cancellationToken);
            age.BuiltFrom(started);
            progress.Gold.Add(records: outcome.Batches, rows: outcome.Inserted + outcome.Changed, outputs: outcome.Batches > 0 ? 1 : 0);
            if (isLastBuild)
            {
                progress.Gold.Complete();
                return;
            }

            // From start to start: a build that took longer is followed at once, while what waits is little.
            var pause = warehouse.Engine == WarehouseEngine.Redshift ? RedshiftGoldInterval : GoldInterval - context.Clock.GetElapsedTime(started);
            if (pause > TimeSpan.Zero)
            {
                await loaded.WaitAsync(pause, context.Clock, cancellationToken);
            }

            while (warehouse.Engine == WarehouseEngine.Redshift && !loaded.IsRequested && progress.Load.Snapshot().Outputs == loads)
            {
                // Nothing to build: the star is as new as can be.
                age.BuiltFrom(context.Clock.GetTimestamp());
                await loaded.WaitAsync(RedshiftGoldInterval, context.Clock, cancellationToken);
            }
        }
    }
}
