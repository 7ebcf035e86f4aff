using System.CommandLine;
using AirportOps.Cleaning.Seen;
using AirportOps.Cli.Health;
using AirportOps.Cli.Output;
using AirportOps.Lake;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Bronze;
using AirportOps.Pipeline.Hosting;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Silver;
using AirportOps.Pipeline.Windows;
using AirportOps.Pipeline.Workers;
using AirportOps.Reliability;
using AirportOps.Streams;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Migrations;

namespace AirportOps.Cli.Hosting;

/// <summary>Composes stages and has them hosted side by side, each in a failure scope of its own.</summary>
internal static class PipelineRun
{
    /// <summary>The option that makes a service end.</summary>
    internal static readonly Option<bool> Once = new("--once") { Description = "Work off what is there and end [default: go on until stopped]" };

    /// <summary>The option that makes a verb with an end a service.</summary>
    internal static readonly Option<bool> Follow = new("--follow") { Description = "Go on until stopped [default: work off what is there and end]" };

    /// <summary>The option that lets Bronze and Silver go on behind records that are gone.</summary>
    internal static readonly Option<bool> AcceptGap = new("--accept-gap")
    {
        Description = "Go on behind records that the stream has dropped before they were read, and record the gap [default: stop]",
    };

    /// <summary>A verb that hosts stages: until stopped, which is its ordinary end, or with --once until all is worked off.</summary>
    internal static async Task<int> RunVerbAsync(VerbContext context, PipelineStages stages, CancellationToken cancellationToken)
    {
        var progress = new PipelineProgress();
        await HostVerbAsync(context, stages, progress, isService: !context.Parsed.GetValue(Once), cancellationToken);
        await Result.WriteAsync(context, progress.ToResult(stages));
        return ExitCode.Done;
    }

    /// <summary>Hosts stages under a verb's name, watched from outside.</summary>
    /// <param name="context">Settings and clock.</param>
    /// <param name="stages">Which.</param>
    /// <param name="progress">Where they count.</param>
    /// <param name="isService">Whether they go on until stopped, which then is their ordinary end.</param>
    /// <param name="cancellationToken">Stops them.</param>
    /// <exception cref="FaultException">A stage failed for good.</exception>
    internal static async Task HostVerbAsync(
        VerbContext context, PipelineStages stages, PipelineProgress progress, bool isService, CancellationToken cancellationToken)
    {
        if (stages.HasFlag(PipelineStages.Load))
        {
            context.Places.CheckLoads();
        }
        else if (stages.HasFlag(PipelineStages.Gold))
        {
            context.Places.CheckWarehouse();
        }

        await using var watch = StageWatch.Start(context);
        await using var heartbeat = Heartbeat.Start(context, context.Parsed.CommandResult.Command.Name, progress.Of(stages));
        await using var stream = (stages & (PipelineStages.Bronze | PipelineStages.Silver)) == 0 ? null : context.Places.OpenStream();
        var lake = context.Places.OpenLake();
        var options = isService ? StageHostOptions.Service : StageHostOptions.Once(context.Settings.OncePatience);
        IReadOnlyList<StageFailure> failures;
        await using (ProgressDisplay.Start(context.Error, context.Clock, progress.Of(stages)))
        {
            await using var composed = Compose(context, stages, stream, lake, progress, context.Places.OpenReadyWarehouseAsync);
            failures = await new StageHost(options, context.Places.Logger, context.Clock)
                .RunAsync(composed.Stages, isService ? new Drain() : Drain.Now(), cancellationToken);
        }

        ThrowIfAny(failures);
        if (!isService)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Throws what a verb says last when stages have failed for good.</summary>
    /// <exception cref="FaultException">A stage has.</exception>
    internal static void ThrowIfAny(IReadOnlyList<StageFailure> failures)
    {
        if (failures.Count == 0)
        {
            return;
        }

        if (failures.All(failure => failure.Failure.Message == failures[0].Failure.Message))
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures[0].Failure);
        }

        throw new PipelineException(
            string.Join(' ', failures.Select(failure => $"{failure.Stage} has ended: {StageHost.Describe(failure.Failure)}")), Fault.Operator, failures[0].Failure);
    }

    /// <summary>Composes stages.</summary>
    /// <param name="context">Settings and clock.</param>
    /// <param name="stages">Which.</param>
    /// <param name="stream">The stream that Bronze and Silver read; null where neither is composed.</param>
    /// <param name="lake">The lake.</param>
    /// <param name="progress">Where the stages count.</param>
    /// <param name="openWarehouse">Opens the warehouse for Load or Gold, ready for work; called by each of their runs.</param>
    internal static ComposedStages Compose(
        VerbContext context,
        PipelineStages stages,
        IEventStream? stream,
        ILake lake,
        PipelineProgress progress,
        Func<CancellationToken, Task<IWarehouse>> openWarehouse)
    {
        var composed = new ComposedStages(context.Places.OpenLeaseTable());
        var leases = composed.LeaseTable is { } table ? context.Places.Share(table, context.Settings.Leases.ToOptions()) : null;
        if (stages.HasFlag(PipelineStages.Bronze))
        {
            var archiver = new BronzeArchiver(context.Places.OpenBronzeLake(), context.Settings.Bronze, context.Clock)
            {
                Leases = leases,
                AcceptGap = context.Parsed.GetValue(AcceptGap),
            };
            composed.Add(progress.Bronze, feeding: null, (drain, stop) => archiver.RunAsync(stream!, drain, progress.Bronze, stop));
        }

        HostedStage? last = null;
        if (stages.HasFlag(PipelineStages.Silver))
        {
            last = composed.Add(progress.Silver, feeding: null, SilverOf(context, stream!, lake, leases, progress.Silver).RunAsync);
        }

        if (stages.HasFlag(PipelineStages.Load))
        {
            var warehouse = composed.Own(new StageWarehouse(openWarehouse));
            last = composed.Add(progress.Load, last, async (drain, stop) =>
            {
                var opened = await warehouse.OpenAsync(stop);
                var windows = WindowStore.Open(lake, context.Places.Logger);
                await windows.WarnOfStraysAsync(stop);
                var loader = new LoaderStage(windows, lake, context.Places.StagingOf(opened), context.Clock);

                // A service is led by one of all processes; what there is to work off at once anybody may.
                await (leases is null || context.Parsed.GetValue(Once) || drain.IsRequested
                    ? loader.RunAsync(null, drain, progress.Load, stop)
                    : leases.Lead(lake, ShardLeases.Load, opened.Location, context.Clock)
                        .RunAsync(leading => loader.RunAsync(null, drain, progress.Load, leading), progress.Load.Touch, stop));
            });
        }

        if (stages.HasFlag(PipelineStages.Gold))
        {
            var warehouse = composed.Own(new StageWarehouse(openWarehouse));
            var loads = stages.HasFlag(PipelineStages.Load) ? () => progress.Load.Snapshot().Outputs : (Func<long>?)null;
            composed.Add(progress.Gold, last, async (drain, stop) =>
            {
                var open = await warehouse.OpenAsync(stop);
                var build = new GoldBuild(open, ScriptFolder.Shipped, context.Reference, context.Clock, context.Places.Logger);
                await new GoldStage(open, build, context.Clock) { Loads = loads }.RunAsync(drain, progress.Gold, stop);
            });
        }

        return composed;
    }

    private static SilverStage SilverOf(VerbContext context, IEventStream stream, ILake lake, ShardLeases? leases, StageProgress progress)
    {
        var options = SilverOptions.Default with
        {
            Limits = context.Settings.Window,
            Bronze = context.Places.OpenBronzeLake(),
            AcceptGap = context.Parsed.GetValue(AcceptGap),
            Cleaning = context.Settings.Cleaning,
            Ids = new SeenLimit(context.Settings.IdsInMemory, Path.Combine(context.Settings.Data, "ids")),
        };
        return new SilverStage(stream, lake, context.Reference, options, progress, context.Clock) { Leases = leases };
    }
}
