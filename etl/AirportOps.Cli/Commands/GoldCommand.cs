using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Warehouse.Gold;
using AirportOps.Warehouse.Migrations;

namespace AirportOps.Cli.Commands;

/// <summary><c>gold build</c>: staging into the star schema. <c>gold test</c>: the data tests.</summary>
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
        build.Options.Add(MetricsOption.Emf);
        return new("gold", "The star schema") { build, GoldTestVerb.Create(host) };
    }

    private static async Task<int> BuildAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var watch = StageWatch.Start(context);
        await using var warehouse = await context.Places.OpenMigratedWarehouseAsync(cancellationToken);
        var started = context.Clock.GetTimestamp();
        var steps = new List<GoldStep>();
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
        var outcome = await build.RunAsync(cancellationToken);
        await Result.WriteAsync(context, new Result
        {
            ["batches"] = outcome.Batches,
            ["legs_touched"] = outcome.Legs,
            ["legs_inserted"] = outcome.Inserted,
            ["legs_changed"] = outcome.Changed,
            ["tables"] = steps.Where(step => step.FillsTable).GroupBy(step => step.Name).Select(table => new Result
            {
                ["table"] = $"gold.{table.Key}",
                ["inserted"] = table.Sum(step => step.Inserted),
                ["changed"] = table.Sum(step => step.Changed),
                ["removed"] = table.Sum(step => step.Removed),
                ["seconds"] = Math.Round(table.Sum(step => step.Elapsed.TotalSeconds), 3),
            }).ToList(),
            ["seconds"] = Math.Round(context.Clock.GetElapsedTime(started).TotalSeconds, 3),
        });
        return ExitCode.Done;
    }

    private static string Line(GoldStep step)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{step.Elapsed.TotalSeconds,8:F2} s  {step.Name}");
        return step.FillsTable
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds,-40} {step.Inserted,12:N0} new {step.Changed,12:N0} changed {step.Removed,10:N0} removed")
            : seconds;
    }
}
