using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Warehouse.Migrations;

namespace AirportOps.Cli.Commands;

/// <summary><c>migrate up</c>, <c>status</c> and <c>plan</c>: the warehouse's versioned SQL.</summary>
internal static class MigrateCommand
{
    internal static Command Create(VerbHost host) => new("migrate", "The warehouse's versioned SQL")
    {
        host.Verb("up", "Apply what has not been applied", UpAsync),
        host.Verb("status", "List the scripts and what became of them", StatusAsync),
        host.Verb("plan", "Print the SQL that 'up' would run", PlanAsync),
    };

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

    private static async Task<int> PlanAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var warehouse = await context.Places.OpenWarehouseAsync(cancellationToken);
        var plan = await Runner(context, warehouse).PlanAsync(cancellationToken);
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

    private static MigrationRunner Runner(VerbContext context, Warehouse.WarehouseDatabase warehouse) =>
        new(warehouse, ScriptFolder.Shipped, context.Clock, context.Places.Logger);
}
