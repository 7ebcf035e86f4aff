using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Feeding;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Ingest;
using AirportOps.Pipeline;

namespace AirportOps.Cli.Commands;

/// <summary><c>ingest flights</c>: recorded flights as events into a stream.</summary>
internal static class IngestFlightsVerb
{
    private const string Description = """
        Send recorded flights (BTS, Data Expo 2009, hflights, nycflights13 columns and more) as events

        Reads the downloads of the US DOT's On-Time Performance, old and new, and their usual re-publications, told apart by the names of their columns:
        docs/real-flights.md lists them. One line a file says which columns it lacks and which say nothing that an event has. A row that can't be read is
        shown, counted and passed over. The status is 1 where a file can't be read to its end or none of its rows is a flight; the other files are sent.
        """;

    /// <summary>How many refused rows are printed; all are counted.</summary>
    private const int RefusedRowsShown = 20;

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Files of recorded flights, .csv, .csv.gz or .zip, globs, or folders of such files; without any, the three days the product carries",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Send nothing; recompute every recorded arrival clock and count how many come out the same",
    };

    internal static Command Create(VerbHost host)
    {
        var flights = host.Verb("flights", Description, RunAsync);
        flights.Arguments.Add(Files);
        flights.Options.Add(Check);
        flights.Options.Add(RecordTarget.To);
        WindowOptions.AddShardsTo(flights);
        return flights;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var paths = InputPaths.Expand(context.Parsed.GetValue(Files)!, context.Clock);
        return context.Parsed.GetValue(Check)
            ? await CheckAsync(context, paths, cancellationToken)
            : await SendAsync(context, paths, cancellationToken);
    }

    private static async Task<int> SendAsync(VerbContext context, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var results = new List<Result>();
        var failures = new FileFailures(context.Error);
        bool isStandardOutput;
        await using (var target = await RecordTarget.OpenAsync(context, cancellationToken))
        {
            isStandardOutput = target.IsStandardOutput;
            await ForEachAsync(context, paths, failures, async file =>
            {
                var refused = new List<RefusedRow>();
                var progress = new StageProgress("ingest");
                try
                {
                    await using (ProgressDisplay.Start(context.Error, context.Clock, progress))
                    {
                        await FlightFeed.RunAsync(
                            file, target.Writer, row => ShowRefused(context, file, row, refused), progress, cancellationToken);
                    }
                }
                finally
                {
                    results.Add(new Result
                    {
                        ["file"] = file.Name,
                        ["family"] = file.Family,
                        ["rows"] = file.Counts.Rows,
                        ["legs"] = file.Counts.Legs,
                        ["events"] = file.Counts.Events,
                        ["refused"] = file.Counts.Refused,
                    });
                }

                if (file.Counts is { Rows: > 0 and var rows, Legs: 0 })
                {
                    var (line, reason) = refused[0];
                    throw new FlightFileException($"{file.Name}: all {rows} rows are refused; line {line}: {reason}. Nothing of it was sent.", null);
                }
            });
        }

        await WriteAsync(isStandardOutput ? context with { Out = context.Error } : context, results);
        failures.ThrowIfAny();
        return ExitCode.Done;
    }

    private static async Task<int> CheckAsync(VerbContext context, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var results = new List<Result>();
        var failures = new FileFailures(context.Error);
        await ForEachAsync(context, paths, failures, file =>
        {
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
            return Task.CompletedTask;
        });
        await WriteAsync(context, results);
        failures.ThrowIfAny();
        return ExitCode.Done;
    }

    /// <summary>Opens one file after another and says what it lacks. What can't be read becomes a failure, and the next one follows.</summary>
    private static async Task ForEachAsync(VerbContext context, IReadOnlyList<string> paths, FileFailures failures, Func<FlightFile, Task> work)
    {
        if (paths.Count == 0)
        {
            using var bundled = FlightFile.OpenBundled(context.Reference);
            await work(bundled);
        }

        foreach (var path in paths)
        {
            await failures.CatchAsync<FlightFileException>(paths.Count == 1, async () =>
            {
                using var file = FlightFile.Open(path, context.Reference);
                SayColumns(context, file);
                await work(file);
            });
        }
    }

    private static Task WriteAsync(VerbContext context, List<Result> results) =>
        results.Count == 0 ? Task.CompletedTask : Result.WriteAsync(context, new Result { ["files"] = results });

    private static void SayColumns(VerbContext context, FlightFile file)
    {
        var missing = file.MissingColumns.Count == 0 ? "" : $"; without {string.Join(", ", file.MissingColumns)}";
        var unknown = file.UnknownColumns.Count == 0 ? "" : $"; not used: {string.Join(", ", file.UnknownColumns)}";
        if ((missing + unknown).Length > 0)
        {
            context.Error.WriteLine($"{file.Name} is read as {file.Family}{missing}{unknown}");
        }
    }

    private static void ShowRefused(VerbContext context, FlightFile file, RefusedRow row, List<RefusedRow> shown)
    {
        if (shown.Count < RefusedRowsShown || context.IsVerbose)
        {
            context.Error.WriteLine($"{file.Name}, line {row.Line} is refused: {row.Reason}");
            shown.Add(row);
        }
    }
}
