using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Windows;
using AirportOps.Warehouse.Queries;

namespace AirportOps.Cli.Commands;

/// <summary><c>generation show</c> and <c>begin</c>: which history of the lake is live, and a new one after a restore.</summary>
internal static class GenerationCommand
{
    private static readonly Option<bool> NoWarehouse = new("--no-warehouse") { Description = "Don't ask the warehouse which generations it knows: there is none, or a new one will be made" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check the lake and say where a generation would go on; write nothing" };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why, for whoever looks later",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "restore",
    };

    internal static Command Create(VerbHost host)
    {
        var begin = host.Verb("begin", "After a restore: check every window of the lake and go on behind the last whole one of each shard; stop all stages before", BeginAsync);
        begin.Options.Add(Reason);
        begin.Options.Add(DryRun);
        begin.Options.Add(NoWarehouse);
        return new Command("generation", "Which history of the lake is live; begin a new one after a restore")
        {
            host.Verb("show", "List the lake's generations and where each went on", ShowAsync),
            begin,
        };
    }

    private static async Task<int> ShowAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var lineage = await Lineage.ReadAsync(context.Places.OpenLake(), cancellationToken);
        if (!context.Json && lineage.Restores.Count > 0)
        {
            TextTable.Write(
                context.Out,
                ["generation>", "begun (UTC)", "reason", "stream", "shard", "after window>"],
                [.. lineage.Restores.SelectMany(generation => generation.Shards.Select(shard => new[]
                {
                    Number(generation.Number),
                    generation.Begun.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                    generation.Reason,
                    shard.Stream,
                    shard.Shard,
                    Number(shard.Ordinal),
                }))]);
            await context.Out.WriteLineAsync();
        }

        var result = new Result { ["live_generation"] = lineage.Live };
        if (context.Json)
        {
            result["restores"] = lineage.Restores.Select(generation => ToResult(generation, generation.Shards));
        }

        await Result.WriteAsync(context, result);
        return ExitCode.Done;
    }

    private static async Task<int> BeginAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var known = context.Parsed.GetValue(NoWarehouse) ? WindowId.FirstGeneration : await KnownToWarehouseAsync(context, cancellationToken);
        var progress = new StageProgress("check");
        Generation generation;
        IReadOnlyList<LostWindows> lost;
        await using (ProgressDisplay.Start(context.Error, context.Clock, progress))
        {
            (generation, lost) = await new GenerationStart(context.Places.OpenLake(), context.Clock, progress)
                .BeginAsync(known, context.Parsed.GetValue(Reason)!, context.Parsed.GetValue(DryRun), cancellationToken);
        }

        foreach (var windows in lost)
        {
            await context.Error.WriteLineAsync(
                FormattableString.Invariant($"{windows.Stream}/{windows.Shard} goes on behind window {windows.FromOrdinal - 1}. {windows.Why}"));
        }

        await Result.WriteAsync(context, ToResult(generation, generation.Shards));
        return ExitCode.Done;
    }

    private static async Task<int> KnownToWarehouseAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var warehouse = await context.Places.OpenCurrentWarehouseAsync(cancellationToken);
        await using var answer = await new QueryRunner(warehouse).RunAsync(
            "SELECT CAST(COALESCE(MAX(generation), 1) AS BIGINT) FROM ops.load_batch", null, cancellationToken);
        await foreach (var row in answer.RowsAsync(cancellationToken))
        {
            return Convert.ToInt32(row[0], CultureInfo.InvariantCulture);
        }

        return WindowId.FirstGeneration;
    }

    private static Result ToResult(Generation generation, IReadOnlyList<GenerationShard> shards) => new()
    {
        ["generation"] = generation.Number,
        ["begun"] = generation.Begun,
        ["reason"] = generation.Reason,
        ["shards"] = shards.Select(shard => new Result { ["stream"] = shard.Stream, ["shard"] = shard.Shard, ["after_window"] = shard.Ordinal }),
    };

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
