using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Reliability;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Migrations;

namespace AirportOps.Cli.Commands;

/// <summary><c>migrate up</c>, <c>status</c>, <c>plan</c> and <c>baseline</c>: the warehouse's versioned SQL.</summary>
internal static class MigrateCommand
{
    private static readonly Option<string?> Engine = new("--engine")
    {
        Description = "All the SQL of an empty warehouse on postgres or redshift, whatever the warehouse has; no server is asked",
        HelpName = "ENGINE",
    };

    private static readonly Argument<string> Version = new("VERSION") { Description = "The last migration that the warehouse has, for instance V0005" };

    internal static Command Create(VerbHost host)
    {
        var plan = host.Verb("plan", "Print the SQL that 'up' would run", PlanAsync);
        plan.Options.Add(Engine);
        var baseline = host.Verb("baseline", "Note migrations as applied without running them, for a warehouse that has their tables", BaselineAsync);
        baseline.Arguments.Add(Version);
        return new Command("migrate", "The warehouse's versioned SQL")
        {
            host.Verb("up", "Apply what has not been applied", UpAsync),
            host.Verb("status", "List the scripts and what became of them", StatusAsync),
            plan,
            baseline,
        };
    }

    private static async Task<int> UpAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var warehouse = await context.Places.OpenWarehouseAsync(cancellationToken);
        var applied = await Runner(context, warehouse).UpAsync(cancellationToken);
        await Result.WriteAsync(context, new Result { ["applied"] = applied });
        return ExitCode.Done;
    }

    private static async Task<int> StatusAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var warehouse = await context.Places.OpenWarehouseAsync(cancellationToken);
        var scripts = await Runner(context, warehouse).StatusAsync(cancellationToken);
        if (context.Json)
        {
            await Result.WriteAsync(context, new Result
            {
                ["scripts"] = scripts.Select(script => new Result
                {
                    ["name"] = script.Name,
                    ["kind"] = script.Kind.ToString().ToLowerInvariant(),
                    ["state"] = script.State.ToString().ToLowerInvariant(),
                    ["applied_at"] = script.AppliedAt,
                    ["seconds"] = script.Duration?.TotalSeconds,
                }),
            });
            return ExitCode.Done;
        }

        TextTable.Write(
            context.Out,
            ["script", "state", "applied (UTC)", "seconds>"],
            [.. scripts.Select(script => new[]
            {
                script.Name,
                script.State.ToString().ToLowerInvariant(),
                script.AppliedAt?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                script.Duration?.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture),
            })]);
        return ExitCode.Done;
    }

    private static async Task<int> BaselineAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var warehouse = await context.Places.OpenWarehouseAsync(cancellationToken);
        var noted = await Runner(context, warehouse).BaselineAsync(context.Parsed.GetRequiredValue(Version), cancellationToken);
        await Result.WriteAsync(context, new Result { ["noted"] = noted });
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<PlannedScript>> ReadPlanAsync(VerbContext context, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(Engine) is { } engine)
        {
            return engine switch
            {
                "postgres" => MigrationRunner.PlanFromEmpty(ScriptFolder.Shipped, WarehouseEngine.Postgres),
                "redshift" => MigrationRunner.PlanFromEmpty(ScriptFolder.Shipped, WarehouseEngine.Redshift),
                _ => throw new UsageException($"--engine {engine} is none; expected postgres or redshift."),
            };
        }

        await using var warehouse = await context.Places.OpenWarehouseAsync(cancellationToken);
        return await Runner(context, warehouse).PlanAsync(cancellationToken);
    }

    private static async Task<int> PlanAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var plan = await ReadPlanAsync(context, cancellationToken);
        if (context.Json)
        {
            await Result.WriteAsync(context, new Result
            {
                ["scripts"] = plan.Select(script => new Result
                {
                    ["name"] = script.Name,
                    ["statements"] = script.Statements.Select(statement => statement.Text),
                }),
            });
            return ExitCode.Done;
        }

        foreach (var script in plan)
        {
            await context.Out.WriteLineAsync($"-- {script.Name}");
            foreach (var statement in script.Statements)
            {
                await context.Out.WriteLineAsync($"{statement.Text};");
            }
        }

        return ExitCode.Done;
    }

    private static MigrationRunner Runner(VerbContext context, IWarehouse warehouse) =>
        new(warehouse, ScriptFolder.Shipped, context.Clock, context.Places.Logger);
}
