using System.Globalization;
using AirportOps.Aws.Connecting;
using AirportOps.Cli.Feeding;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Cli.Settings;
using AirportOps.Cli.Verification;
using AirportOps.Ingest;
using AirportOps.Lake;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Hosting;
using AirportOps.Reference;
using AirportOps.Reliability;
using AirportOps.Simulator;
using AirportOps.Streams;
using AirportOps.Warehouse;
using AirportOps.Warehouse.Queries;
using Microsoft.Extensions.Logging;

namespace AirportOps.Cli.Demo;

/// <summary>
/// Three days of real flights and a simulated day go through every stage at once; then everything is reconciled and the key figures are asked for.
/// </summary>
/// <param name="outer">The verb's surroundings; the demo works in a folder of its own below its data folder.</param>
/// <param name="options">What is simulated.</param>
internal sealed class DemoRun(VerbContext outer, DemoOptions options)
{
    /// <summary>Runs the demo from a clean start.</summary>
    internal async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        var simulator = Simulator();
        var started = outer.Clock.GetTimestamp();
        using var folder = DemoFolder.Take(outer.Settings.Data);
        var (streamPlace, lakePlace) = await PlacesAsync(folder, cancellationToken);
        var context = outer with
        {
            Settings = outer.Settings with
            {
                Data = folder.Path,
                Stream = streamPlace,
                Lake = lakePlace,
                Warehouse = $"local:{folder.Warehouse}",
            },

            // The display says how loads and builds go on.
            LogLevel = outer.IsVerbose ? LogLevel.Debug : LogLevel.Warning,
        };
        var stages = new PipelineProgress();
        var ingest = new StageProgress("ingest");
        var simulate = new StageProgress("simulate");
        IReadOnlyList<StageProgress> all = [ingest, simulate, .. stages.Of(PipelineStages.All)];
        using var empty = new EmptyWarehouse(context);
        await using var stream = context.Places.OpenStream();
        var lake = context.Places.OpenLake();
        FlightFileCounts flights = default;
        IWarehouse warehouse;
        await using (ProgressDisplay.Start(context.Error, context.Clock, all))
        {
            var drain = new Drain();
            await using var composed = PipelineRun.Compose(context, PipelineStages.All, stream, lake, stages, empty.OpenAsync);
            var feed = new HostedStage(new StageProgress("feed"), async (_, stop) =>
            {
                flights = await FeedAsync(context, stream, simulator, folder.Ledger, ingest, simulate, stop);
                drain.Request();
            })
            { IsRepeatable = false };

            // One piece of work: without one of its stages nothing reconciles.
            var options = StageHostOptions.Once(context.Settings.OncePatience) with { EndsAll = true };
            var failures = await new StageHost(options, context.Places.Logger, context.Clock).RunAsync([feed, .. composed.Stages], drain, cancellationToken);
            PipelineRun.ThrowIfAny([.. failures.Take(1)]);
            cancellationToken.ThrowIfCancellationRequested();
            warehouse = await empty.OpenAsync(cancellationToken);
        }

        await using (warehouse)
        {
            return await ReportAsync(context.Settings, folder, lake, warehouse, flights, all, started, cancellationToken);
        }
    }

    /// <summary>With an endpoint named, stream and lake lie there instead of in the folder.</summary>
    private bool IsOnAws => outer.Settings.Aws.Endpoint is { Length: > 0 };

    private async Task<(string Stream, string Lake)> PlacesAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        if (!IsOnAws)
        {
            return ($"local:{folder.Stream}", $"file:{folder.Lake}");
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"airportops-demo-{outer.Clock.GetUtcNow():yyyyMMdd-HHmmss}");
        var sandbox = await AwsSandbox.CreateAsync(name, outer.Settings.Shards, outer.Settings.Aws, cancellationToken);
        return (sandbox.Stream, sandbox.Lake);
    }

    private AirportSimulator Simulator()
    {
        var simulation = new SimulatorOptions
        {
            Events = options.Events,
            Mess = options.Mess,
            MessWeights = IsOnAws ? Places.MessWeights("kinesis:") : Places.MessWeights("local:"),
            Seed = options.Seed,
            Date = DateOnly.FromDateTime(outer.Clock.GetUtcNow().UtcDateTime),
            WithLedger = true,
        };
        return simulation.Faults() is { Count: > 0 } faults
            ? throw new UsageException(string.Join(' ', faults))
            : new AirportSimulator(simulation, ReferenceTables.Default);
    }

    private static async Task<FlightFileCounts> FeedAsync(
        VerbContext context,
        IEventStream stream,
        AirportSimulator simulator,
        string ledgerPath,
        StageProgress ingest,
        StageProgress simulate,
        CancellationToken cancellationToken)
    {
        await using var writer = await stream.OpenWriterAsync(cancellationToken);
        await using var shared = new SharedWriter(writer);
        await using var ledger = FileModes.CreatePrivate(ledgerPath);
        using var file = FlightFile.OpenBundled(ReferenceTables.Default);
        using var sources = new StageGroup(cancellationToken);
        sources.Start(stop => FlightFeed.RunAsync(
            file, shared, row => context.Error.WriteLine($"{file.Name}, line {row.Line} is refused: {row.Reason}"), ingest, stop));
        sources.Start(async stop =>
        {
            await SimulatorFeed.RunAsync(simulator, shared, ledger, null, simulate, context.Clock, stop);
            simulate.Complete();
        });
        await sources.WaitAsync();
        return file.Counts;
    }

    private async Task<DemoReport> ReportAsync(
        AppSettings settings,
        DemoFolder folder,
        ILake lake,
        IWarehouse warehouse,
        FlightFileCounts flights,
        IReadOnlyList<StageProgress> stages,
        long started,
        CancellationToken cancellationToken)
    {
        await outer.Error.WriteLineAsync("reconciling with the ledger…");
        var reconciliation = await Reconciliation.RunAsync(lake, warehouse, [folder.Ledger], new StageProgress("verify"), cancellationToken);
        var figures = await DemoFigures.AskAsync(new QueryRunner(warehouse), cancellationToken);
        return new DemoReport
        {
            Stages = [.. stages.Select(stage => stage.Snapshot())],
            Flights = flights,
            Reconciliation = reconciliation,
            Figures = figures,
            Folder = folder.Path,
            Lake = settings.Lake,
            AwsEndpoint = settings.Aws.Endpoint,
            Elapsed = outer.Clock.GetElapsedTime(started),
        };
    }
}
