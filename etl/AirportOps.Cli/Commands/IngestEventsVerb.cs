using System.CommandLine;
using System.Globalization;
using AirportOps.Cleaning;
using AirportOps.Cleaning.Codes;
using AirportOps.Cli.Feeding;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline;
using AirportOps.Reliability;

namespace AirportOps.Cli.Commands;

/// <summary><c>ingest events</c>: anyone's raw records into a stream.</summary>
internal static class IngestEventsVerb
{
    private const string Description = """
        Send one's own raw records, one a line, to the stream as they are

        What the cleaner understands need not be changed first: docs/cleaning.md. Nothing is checked or repaired here; 'run' or 'silver' does it, and what is
        refused is in the quarantine. The partition key is the flight that a record is about, read as the cleaner reads it, else the airport and checkpoint,
        else made from the bytes. An empty line is no record. A record that the stream can't take is said and counted; the status is 1 then, and where a
        file can't be read to its end. Stopped, it says how many records are done: --skip passes over as many.
        """;

    /// <summary>How many records that are not sent are printed; all are counted.</summary>
    private const int RecordsShown = 20;

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Files of records (.jsonl, gzip or zip of it), globs, folders of such files, or - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<double?> Rate = new("--rate") { Description = "Records a second [default: as fast as it goes]", HelpName = "N" };

    private static readonly Option<long> Skip = new("--skip")
    {
        Description = "Pass over the first N records, those of all files counted in their order [default: 0]",
        HelpName = "N",
    };

    internal static Command Create(VerbHost host)
    {
        var events = host.Verb("events", Description, RunAsync);
        events.Arguments.Add(Files);
        events.Options.Add(Rate);
        events.Options.Add(Skip);
        events.Options.Add(RecordTarget.To);
        WindowOptions.AddShardsTo(events);
        return events;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var rate = context.Parsed.GetValue(Rate);
        if (rate is <= 0 or > 10_000_000 or double.NaN)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--rate is {rate}; expected records a second, up to 10,000,000"));
        }

        var skip = context.Parsed.GetValue(Skip);
        if (skip < 0)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--skip is {skip}; expected a number of records"));
        }

        var paths = InputPaths.Expand(context.Parsed.GetValue(Files)!, context.Clock);
        var results = new List<(string File, EventFileCounts Counts)>();
        var failures = new FileFailures(context.Error);
        var progress = new StageProgress("ingest");
        bool isStandardOutput;
        await using (var target = await RecordTarget.OpenAsync(context, cancellationToken))
        {
            isStandardOutput = target.IsStandardOutput;
            var keys = new PartitionKeyReader(new CodeTables(context.Reference), context.Settings.Cleaning);
            var feed = new EventFeed(keys, target.Writer, rate, skip, EventFiles.SizeOf(paths), progress, context.Clock);
            try
            {
                await using (ProgressDisplay.Start(context.Error, context.Clock, progress))
                {
                    foreach (var path in paths)
                    {
                        await failures.CatchAsync<PipelineException>(paths.Count == 1, () => SendAsync(context, path, feed, results, cancellationToken));
                    }

                    progress.Complete();
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await context.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"airportops: ingest events was stopped after {feed.Done} records; the same command with --skip {feed.Done} goes on behind them"));
                return ExitCode.Failed;
            }
        }

        await WriteAsync(isStandardOutput ? context with { Out = context.Error } : context, results);
        failures.ThrowIfAny();
        return results.Sum(result => result.Counts.NotSent) is 0 ? ExitCode.Done : throw NotSent(results);
    }

    private static async Task SendAsync(
        VerbContext context, string path, EventFeed feed, List<(string File, EventFileCounts Counts)> results, CancellationToken cancellationToken)
    {
        var counts = new EventFileCounts();
        var shown = 0;
        var name = path == EventFiles.StandardInput ? "standard input" : path;
        using var records = await EventFiles.OpenAsync(path, context.Settings.Cleaning.MaxRecordBytes, cancellationToken);
        results.Add((name, counts));
        await EventFiles.GuardAsync(
            name,
            () => counts.Sent + counts.NotSent + counts.Skipped,
            () => feed.RunAsync(
                records,
                EventFiles.SizeOf(path),
                counts,
                (record, reason) =>
                {
                    if (shown++ < RecordsShown || context.IsVerbose)
                    {
                        context.Error.WriteLine($"{name}, record {record.Number} is not sent: it {reason}");
                    }
                },
                cancellationToken));
    }

    private static async Task WriteAsync(VerbContext context, List<(string File, EventFileCounts Counts)> results)
    {
        if (results.Count > 0)
        {
            await Result.WriteAsync(context, new Result
            {
                ["files"] = results.Select(result => new Result
                {
                    ["file"] = result.File,
                    ["sent"] = result.Counts.Sent,
                    ["not_sent"] = result.Counts.NotSent,
                    ["skipped"] = result.Counts.Skipped,
                    ["bytes"] = result.Counts.Bytes,
                    ["keyed_by"] = result.Counts.KeyedBy,
                }).ToList(),
            });
        }
    }

    private static PipelineException NotSent(List<(string File, EventFileCounts Counts)> results)
    {
        var count = results.Sum(result => result.Counts.NotSent);
        return new PipelineException(
            $"{(count == 1 ? "One record was" : $"{count} records were")} not sent, as said above; all others are. Make them shorter, or leave them out.",
            Fault.Operator,
            null);
    }
}
