using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Status;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Queries;

namespace AirportOps.Cli.Commands;

/// <summary><c>status</c>: where every stage stands.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> NoWarehouse = new("--no-warehouse") { Description = "Leave staging and Gold out" };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("status", "Where every stage stands: lag, last window and its late rows, rows", RunAsync);
        command.Options.Add(NoWarehouse);
        WorkerOptions.AddTableTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        await using var stream = context.Places.OpenStream();
        using var leases = context.Places.OpenLeaseTable();
        var shards = await new StatusReader(stream, context.Places.OpenLake(), context.Clock, leases).ReadAsync(cancellationToken);
        IReadOnlyDictionary<string, LoadedWindow> loaded = new Dictionary<string, LoadedWindow>();
        Result? gold = null;
        if (!context.Parsed.GetValue(NoWarehouse))
        {
            await using var warehouse = await context.Places.OpenCurrentWarehouseAsync(cancellationToken);
            loaded = await context.Places.StagingOf(warehouse).LoadedUpToAsync(stream.Name, cancellationToken);
            gold = await GoldAsync(warehouse, cancellationToken);
        }

        if (context.Json)
        {
            await Result.WriteAsync(context, ToResult(stream.Name, shards, loaded, gold));
            return ExitCode.Done;
        }

        TextTable.Write(
            context.Out,
            ["shard", "bronze up to>", "lag s>", "silver up to>", "lag s>", "windows>", "loaded>", "late rows>", "by up to s>", "watermark (UTC)"],
            [.. shards.Select(shard => new[]
            {
                shard.Shard,
                shard.BronzeSequence,
                Seconds(shard.BronzeLag),
                shard.SilverSequence,
                Seconds(shard.SilverLag),
                Number(shard.SilverOrdinal),
                Number(loaded.GetValueOrDefault(shard.Shard)?.Ordinal ?? 0),
                Number(shard.LateRows),
                Seconds(shard.MaxLateness),
                shard.Watermark?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            })]);
        if (leases is not null)
        {
            await context.Out.WriteLineAsync();
            WorkerTable.Write(context, shards);
        }

        if (gold is not null)
        {
            await context.Out.WriteLineAsync();
            await Result.WriteAsync(context, gold);
        }

        return ExitCode.Done;
    }

    private static Result ToResult(string stream, IReadOnlyList<ShardStatus> shards, IReadOnlyDictionary<string, LoadedWindow> loaded, Result? gold) => new()
    {
        ["stream"] = stream,
        ["shards"] = shards.Select(shard => new Result
        {
            ["shard"] = shard.Shard,
            ["bronze_sequence"] = shard.BronzeSequence,
            ["bronze_lag_seconds"] = shard.BronzeLag.TotalSeconds,
            ["silver_window"] = shard.SilverOrdinal,
            ["silver_sequence"] = shard.SilverSequence,
            ["silver_lag_seconds"] = shard.SilverLag.TotalSeconds,
            ["loaded_window"] = loaded.GetValueOrDefault(shard.Shard)?.Ordinal ?? 0,
            ["late_rows"] = shard.LateRows,
            ["max_lateness_seconds"] = shard.MaxLateness.TotalSeconds,
            ["watermark"] = shard.Watermark,
            ["bronze_worker"] = WorkerTable.ToResult(shard.BronzeLease),
            ["silver_worker"] = WorkerTable.ToResult(shard.SilverLease),
        }),
        ["warehouse"] = gold,
    };

    private static async Task<Result> GoldAsync(IWarehouse warehouse, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT (SELECT COUNT(*) FROM ops.load_batch) AS batches,
                   (SELECT COUNT(*) FROM ops.load_batch b WHERE b.load_number > COALESCE((SELECT MAX(g.to_load) FROM ops.gold_build g), 0)) AS not_built,
                   (SELECT COUNT(*) FROM gold.fact_flight) AS legs,
                   (SELECT MAX(build_number) FROM ops.gold_build) AS last_build,
                   (SELECT MAX(complete_until) FROM ops.completeness) AS complete_until,
                   (SELECT COUNT(*) FROM ops.load_batch WHERE gap_after IS NOT NULL) AS gaps
            """;
        var result = new Result();
        await using var answer = await new QueryRunner(warehouse).RunAsync(Sql, null, cancellationToken);
        await foreach (var row in answer.RowsAsync(cancellationToken))
        {
            for (var i = 0; i < row.Length; i++)
            {
                result[answer.Columns[i].Name] = row[i] is DateTime ? SqlText.Of(row[i]) : row[i];
            }
        }

        return result;
    }

    private static string Seconds(TimeSpan lag) => lag.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
