using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Pipeline.Silver;

namespace AirportOps.Cli.Commands.Quarantine;

/// <summary><c>quarantine replay</c>: tries refused events again under today's rules and tables.</summary>
internal static class QuarantineReplayVerb
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what a replay would do, and change nothing" };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("replay", "Try refused events again: what is clean now becomes rows, once", RunAsync);
        command.Options.Add(DryRun);
        QuarantineOptions.AddFilterTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var isDryRun = context.Parsed.GetValue(DryRun);
        var filter = QuarantineOptions.ReadFilter(context);
        var progress = new StageProgress("replay");
        ReplayOutcome outcome;
        await using (ProgressDisplay.Start(context.Error, context.Clock, progress))
        {
            outcome = await new QuarantineReplay(context.Places.OpenLake(), context.Reference, SilverOptions.Default with { Cleaning = context.Settings.Cleaning }, progress)
                .RunAsync(filter, isDryRun, cancellationToken);
        }

        if (context.Json)
        {
            await Result.WriteAsync(context, ToResult(outcome, isDryRun));
        }
        else
        {
            await WriteAsync(context.Out, outcome, isDryRun);
        }

        return ExitCode.Done;
    }

    private static Result ToResult(ReplayOutcome outcome, bool isDryRun) => new()
    {
        ["dry_run"] = isDryRun,
        ["tried"] = outcome.Tried,
        ["clean"] = outcome.Rows,
        ["duplicates"] = outcome.Duplicates,
        ["refused"] = outcome.Refused,
        ["groups"] = outcome.Groups.Select(group => new Result
        {
            ["reason"] = group.Reason,
            ["tried"] = group.Tried,
            ["clean"] = group.Rows,
            ["duplicates"] = group.Duplicates,
            ["refused"] = group.Refused,
        }),
        ["windows"] = outcome.Windows,
    };

    private static async Task WriteAsync(TextWriter output, ReplayOutcome outcome, bool isDryRun)
    {
        TextTable.Write(
            output,
            ["refused as", "tried>", "clean>", "duplicates>", "still refused>", "as"],
            [
                .. outcome.Groups.Select(group => new[]
                {
                    group.Reason,
                    Number(group.Tried),
                    Number(group.Rows),
                    Number(group.Duplicates),
                    Number(group.Refused.Values.Sum()),
                    string.Join(", ", group.Refused.Select(reason => $"{reason.Key} {Number(reason.Value)}")),
                }),
                ["in all", Number(outcome.Tried), Number(outcome.Rows), Number(outcome.Duplicates), Number(outcome.Refused), null],
            ]);
        await output.WriteLineAsync();
        await output.WriteLineAsync((isDryRun, outcome.Windows.Count) switch
        {
            (_, 0) => "Nothing to add: no refused event is clean under today's rules.",
            (true, var windows) => $"Nothing was changed. Without --dry-run {Number(outcome.Rows)} rows are added, in {windows} windows.",
            (false, var windows) => $"{Number(outcome.Rows)} rows added to Silver, in {windows} windows; 'run', or 'load' and 'gold build', takes them on.",
        });
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
