using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Feeding;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Ingest;
using AirportOps.Pipeline;
using AirportOps.Reference;

namespace AirportOps.Cli.Commands;

/// <summary><c>ingest flights</c>: recorded flights as events into a stream.</summary>
internal static class IngestCommand
{
    /// <summary>How many refused rows are printed; all are counted.</summary>
    private const int RefusedRowsShown = 20;

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Files of recorded flights, .csv or .csv.gz; without any, the three days the product carries",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Send nothing; recompute every recorded arrival clock and count how many come out the same",
    };

    internal static Command Create(VerbHost host)
    {
        var flights = host.Verb("flights", "Send recorded flights (nycflights13, hflights, BTS or lexflights columns) as events", RunAsync);
        flights.Arguments.Add(Files);
        flights.Options.Add(Check);
        flights.Options.Add(RecordTarget.To);
        WindowOptions.AddShardsTo(flights);
        return new Command("ingest", "Send recorded data as events to a stream") { flights };
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var paths = context.Parsed.GetValue(Files)!;
        return context.Parsed.GetValue(Check)
            ? await CheckAsync(context, paths, cancellationToken)
            : await SendAsync(context, paths, cancellationToken);
    }

    private static async Task<int> SendAsync(VerbContext context, string[] paths, CancellationToken cancellationToken)
    {
        var results = new List<Result>();
        bool isStandardOutput;
        await using (var target = await RecordTarget.OpenAsync(context, cancellationToken))
        {
            isStandardOutput = target.IsStandardOutput;
            foreach (var open in Openers(paths, context.Reference))
            {
                using var file = open();
                var progress = new StageProgress("ingest");
                await using (ProgressDisplay.Start(context.Error, context.Clock, progress))
                {
                    await FlightFeed.RunAsync(file, target.Writer, row => ShowRefused(context, file, row), progress, cancellationToken);
                }

                results.Add(new Result
                {
                    ["file"] = file.Name,
                    ["family"] = file.Family.ToString().ToLowerInvariant(),
                    ["rows"] = file.Counts.Rows,
                    ["legs"] = file.Counts.Legs,
                    ["events"] = file.Counts.Events,
                    ["refused"] = file.Counts.Refused,
                });
            }
        }

        await Result.WriteAsync(isStandardOutput ? context with { Out = context.Error } : context, new Result { ["files"] = results });
        return ExitCode.Done;
    }

    private static async Task<int> CheckAsync(VerbContext context, string[] paths, CancellationToken cancellationToken)
    {
        var results = new List<Result>();
        foreach (var open in Openers(paths, context.Reference))
        {
            using var file = open();
            var report = ClockCheck.Run(file, cancellationToken);
            results.Add(new Result
            {
                ["file"] = file.Name,
                ["rows"] = report.Rows,
                ["refused"] = report.Refused,
                ["departure_clocks"] = report.Departures,
                ["departure_clocks_equal"] = report.DeparturesEqual,
                ["arrival_clocks"] = report.Arrivals,
                ["arrival_clocks_equal"] = report.ArrivalsEqual,
                ["first_differences"] = report.Differences.Select(difference => string.Create(
                    CultureInfo.InvariantCulture,
                    $"line {difference.Line}: {difference.What} recorded {difference.Recorded:0000}, computed {difference.Computed:0000}")).ToArray(),
            });
        }

        await Result.WriteAsync(context, new Result { ["files"] = results });
        return ExitCode.Done;
    }

    private static IEnumerable<Func<FlightFile>> Openers(string[] paths, ReferenceTables reference) => paths.Length == 0
        ? [() => FlightFile.OpenBundled(reference)]
        : paths.Select(path => (Func<FlightFile>)(() => FlightFile.Open(path, reference)));

    private static void ShowRefused(VerbContext context, FlightFile file, RefusedRow row)
    {
        if (file.Counts.Refused <= RefusedRowsShown || context.IsVerbose)
        {
            context.Error.WriteLine($"{file.Name}, line {row.Line} is refused: {row.Reason}");
        }
    }
}
