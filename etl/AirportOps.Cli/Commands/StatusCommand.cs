using System.CommandLine;
using System.Globalization;
using System.Runtime.ExceptionServices;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Loading;
using AirportOps.Pipeline.Status;
using AirportOps.Reliability;
using AirportOps.Streams.Leases;
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
        WindowOptions.AddRawZoneTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        context.Places.CheckWarehouse();
        await using var stream = context.Places.OpenStream();
        using var leases = context.Places.OpenLeaseTable();
        var reader = new StatusReader(stream, context.Places.OpenLake(), context.Clock, leases) { Bronze = context.Places.OpenBronzeLake() };
        var shards = await reader.ReadAsync(cancellationToken);
        var loaders = await reader.ReadLoadersAsync(cancellationToken);
        var warehouse = context.Parsed.GetValue(NoWarehouse) ? WarehouseView.None : await ReadWarehouseAsync(context, stream.Name, cancellationToken);
        if (context.Json)
        {
            await Result.WriteAsync(context, ToResult(context, stream.Name, shards, loaders, warehouse));
        }
        else
        {
            await WriteAsync(context, shards, loaders, warehouse, hasWorkers: leases is not null);
        }

        // Told last, as the one line of a verb that failed.
        warehouse.Failure?.Throw();
        return ExitCode.Done;
    }

    private static async Task<WarehouseView> ReadWarehouseAsync(VerbContext context, string stream, CancellationToken cancellationToken)
    {
        try
        {
            await using var warehouse = await context.Places.OpenCurrentWarehouseAsync(cancellationToken);
            var loaded = await context.Places.StagingOf(warehouse).LoadedUpToAsync(stream, cancellationToken);
            return new WarehouseView(loaded, await GoldAsync(warehouse, cancellationToken), null);
        }
        catch (FaultException away) when (away is not UsageException)
        {
            // Stream and lake are seen without it.
            return WarehouseView.None with { Failure = ExceptionDispatchInfo.Capture(away) };
        }
    }

    private static async Task WriteAsync(
        VerbContext context, IReadOnlyList<ShardStatus> shards, IReadOnlyDictionary<string, Lease> loaders, WarehouseView warehouse, bool hasWorkers)
    {
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
                warehouse.IsAway ? "?" : Number(warehouse.Loaded.GetValueOrDefault(shard.Shard)?.Ordinal ?? 0),
                Number(shard.LateRows),
                Seconds(shard.MaxLateness),
                shard.Watermark?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            })]);
        if (hasWorkers)
        {
            await context.Out.WriteLineAsync();
            WorkerTable.Write(context, shards);
        }

        if (loaders.Count > 0)
        {
            await context.Out.WriteLineAsync();
            WorkerTable.WriteLoaders(context, loaders);
        }

        foreach (var (shard, gap) in shards.Where(shard => shard.Gap is not null).Select(shard => (shard.Shard, shard.Gap)))
        {
            await context.Out.WriteLineAsync();
            await context.Out.WriteLineAsync($"gap in {shard}: {gap}");
        }

        if (warehouse.Gold is { } gold)
        {
            await context.Out.WriteLineAsync();
            await Result.WriteAsync(context, gold);
        }
    }

    private static Result ToResult(
        VerbContext context, string stream, IReadOnlyList<ShardStatus> shards, IReadOnlyDictionary<string, Lease> loaders, WarehouseView warehouse) => new()
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
            ["loaded_window"] = warehouse.IsAway ? null : warehouse.Loaded.GetValueOrDefault(shard.Shard)?.Ordinal ?? 0,
            ["late_rows"] = shard.LateRows,
            ["max_lateness_seconds"] = shard.MaxLateness.TotalSeconds,
            ["watermark"] = shard.Watermark,
            ["gap"] = shard.Gap is not { } gap ? null : new Result
            {
                ["after"] = gap.After,
                ["first_available"] = gap.FirstAvailable,
                ["from_arrived"] = gap.FromArrived,
                ["until_arrived"] = gap.UntilArrived,
                ["is_certain"] = gap.IsCertain,
            },
            ["bronze_worker"] = WorkerTable.ToResult(shard.BronzeLease),
            ["silver_worker"] = WorkerTable.ToResult(shard.SilverLease),
        }),
        ["loaders"] = WorkerTable.ToResults(context, loaders),
        ["warehouse"] = warehouse.Gold,
        ["warehouse_away"] = warehouse.Failure?.SourceException.Message,
    };

    private static async Task<Result> GoldAsync(IWarehouse warehouse, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT (SELECT COUNT(*) FROM ops.load_batch) AS batches,
                   (SELECT COUNT(*) FROM ops.load_batch b WHERE b.load_number > COALESCE((SELECT MAX(g.to_load) FROM ops.gold_build g), 0)) AS not_built,
                   (SELECT COUNT(*) FROM gold.fact_flight) AS legs,
                   (SELECT MAX(build_number) FROM ops.gold_build) AS last_build,
                   (SELECT MAX(complete_until) FROM ops.completeness) AS complete_until,
                   (SELECT COUNT(*) FROM ops.load_batch WHERE gap_after IS NOT NULL) AS gaps,
                   (SELECT COUNT(*) FROM ops.key_set_aside) AS keys_set_aside
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

    /// <summary>What there is in the warehouse.</summary>
    /// <param name="Loaded">The newest window loaded, by shard.</param>
    /// <param name="Gold">Staging and Gold; null where they were not read.</param>
    /// <param name="Failure">Why they could not be read; null where they were, or were not wanted.</param>
    private sealed record WarehouseView(IReadOnlyDictionary<string, LoadedWindow> Loaded, Result? Gold, ExceptionDispatchInfo? Failure)
    {
        internal static readonly WarehouseView None = new(new Dictionary<string, LoadedWindow>(), null, null);

        internal bool IsAway => Failure is not null;
    }
}
