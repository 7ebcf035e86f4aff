using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Hosting;
using AirportOps.Reliability;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Migrations;

namespace AirportOps.Cli.Commands;

/// <summary><c>gold build</c>: staging into the star schema. <c>gold retry</c>: what builds set aside. <c>gold test</c>: the data tests.</summary>
internal static class GoldCommand
{
    private static readonly Option<bool> Full = new("--full")
    {
        Description = "Recompute everything from all of staging, aside, and swap in what differs; default: what new batches touch",
    };

    internal static Command Create(VerbHost host)
    {
        var build = host.Verb("build", "Bring the star schema up to date with staging", BuildAsync);
        build.Options.Add(Full);
        build.Options.Add(PipelineRun.Follow);
        build.Options.Add(MetricsOption.Emf);
        return new("gold", "The star schema")
        {
            build,
            host.Verb("retry", "Take up again the keys that builds set aside because a step failed of them, after a fix", RetryAsync),
            GoldTestVerb.Create(host),
        };
    }

    private static Task<int> BuildAsync(VerbContext context, CancellationToken cancellationToken) =>
        (context.Parsed.GetValue(PipelineRun.Follow), context.Parsed.GetValue(Full)) switch
        {
            (true, true) => throw new UsageException("--full recomputes everything once, --follow goes on; give one"),
            (true, _) => FollowAsync(context, cancellationToken),
            _ => BuildOnceAsync(context, cancellationToken),
        };

    private static async Task<int> FollowAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var progress = new PipelineProgress();
        await PipelineRun.HostVerbAsync(context, PipelineStages.Gold, progress, isService: true, cancellationToken);
        await Result.WriteAsync(context, progress.ToResult(PipelineStages.Gold));
        return ExitCode.Done;
    }

    /// <summary>Fails when a key fails again: what was meant to mend it did not.</summary>
    private static async Task<int> RetryAsync(VerbContext context, CancellationToken cancellationToken)
    {
        context.Places.CheckWarehouse();
        await using var warehouse = await context.Places.OpenReadyWarehouseAsync(cancellationToken);
        var outcome = await new GoldBuild(warehouse, ScriptFolder.Shipped, context.Reference, context.Clock, context.Places.Logger) { IsRetry = true }
            .RunAsync(cancellationToken);
        await Result.WriteAsync(context, new Result
        {
            ["keys_tried"] = outcome.TakenUp,
            ["keys_set_aside"] = outcome.SetAside,
            ["batches"] = outcome.Batches,
            ["legs_inserted"] = outcome.Inserted,
            ["legs_changed"] = outcome.Changed,
        });
        return outcome.SetAside == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<int> BuildOnceAsync(VerbContext context, CancellationToken cancellationToken)
    {
        context.Places.CheckWarehouse();
        await using var watch = StageWatch.Start(context);
        var progress = new StageProgress("gold");
        var started = context.Clock.GetTimestamp();
        var steps = new List<GoldStep>();
        var outcome = default(GoldBuildOutcome);
        await using var warehouse = new StageWarehouse(context.Places.OpenReadyWarehouseAsync);
        var stage = new HostedStage(progress, async (_, stop) => outcome = await BuildAsync(context, await warehouse.OpenAsync(stop), steps, stop));
        var failures = await new StageHost(StageHostOptions.Once(context.Settings.OncePatience), context.Places.Logger, context.Clock)
            .RunAsync([stage], Drain.Now(), cancellationToken);
        PipelineRun.ThrowIfAny(failures);
        cancellationToken.ThrowIfCancellationRequested();
        await WriteAsync(context, outcome, steps, context.Clock.GetElapsedTime(started));
        return ExitCode.Done;
    }

    private static Task<GoldBuildOutcome> BuildAsync(VerbContext context, IWarehouse warehouse, List<GoldStep> steps, CancellationToken cancellationToken)
    {
        var build = new GoldBuild(warehouse, ScriptFolder.Shipped, context.Reference, context.Clock, context.Places.Logger)
        {
            IsFull = context.Parsed.GetValue(Full),
            OnStep = step =>
            {
                // A conflict undoes a build, and its steps come again.
                steps.RemoveAll(earlier => earlier.BuildNumber == step.BuildNumber && earlier.Name == step.Name);
                steps.Add(step);
                context.Error.WriteLine(Line(step));
            },
        };
        return build.RunAsync(cancellationToken);
    }

    private static Task WriteAsync(VerbContext context, GoldBuildOutcome outcome, List<GoldStep> steps, TimeSpan elapsed) =>
        Result.WriteAsync(context, new Result
        {
            ["batches"] = outcome.Batches,
            ["legs_touched"] = outcome.Legs,
            ["legs_inserted"] = outcome.Inserted,
            ["legs_changed"] = outcome.Changed,
            ["keys_set_aside"] = outcome.SetAside,
            ["tables"] = steps.Where(step => step.FillsTable).GroupBy(step => step.Name).Select(table => new Result
            {
                ["table"] = $"gold.{table.Key}",
                ["inserted"] = table.Sum(step => step.Inserted),
                ["changed"] = table.Sum(step => step.Changed),
                ["removed"] = table.Sum(step => step.Removed),
                ["seconds"] = Math.Round(table.Sum(step => step.Elapsed.TotalSeconds), 3),
            }).ToList(),
            ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
        });

    private static string Line(GoldStep step)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{step.Elapsed.TotalSeconds,8:F2} s  {step.Name}");
        return step.FillsTable
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds,-40} {step.Inserted,12:N0} new {step.Changed,12:N0} changed {step.Removed,10:N0} removed")
            : seconds;
    }
}
