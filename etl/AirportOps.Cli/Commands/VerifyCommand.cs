using System.CommandLine;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Cli.Verification;
using AirportOps.Pipeline;

namespace AirportOps.Cli.Commands;

/// <summary><c>verify</c>: reconciles a simulator's ledger with Silver, the quarantine and Gold.</summary>
internal static class VerifyCommand
{
    private static readonly Option<string[]> Ledger = new("--ledger")
    {
        Description = "What 'simulate --ledger' wrote; several times for several ledgers",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<bool> NoGold = new("--no-gold") { Description = "Compare Silver and the quarantine only" };

    private static readonly Option<string?> Clean = new("--clean")
    {
        Description = "Compare with the result of 'clean' in DIR instead of the lake and Gold",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Score = new("--score")
    {
        Description = "Print, for each kind of mess, precision and recall of what the cleaner said of it and the share of rows with equal values; "
            + "always in --json",
    };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("verify", "Reconcile a simulator's ledger with Silver, the quarantine and Gold; exit status 1 on any difference", RunAsync);
        command.Options.Add(Ledger);
        command.Options.Add(NoGold);
        command.Options.Add(Clean);
        command.Options.Add(Score);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var ledgers = context.Parsed.GetValue(Ledger)!;
        var progress = new StageProgress("verify");
        ReconciliationOutcome outcome;
        await using (ProgressDisplay.Start(context.Error, context.Clock, progress))
        {
            outcome = context.Parsed.GetValue(Clean) is { } cleaned
                ? await Reconciliation.RunOnCleanAsync(cleaned, ledgers, progress, cancellationToken)
                : await CompareLakeAsync(context, ledgers, progress, cancellationToken);
        }

        await Result.WriteAsync(context, outcome.ToResult(withScores: context.Json));
        if (context.Parsed.GetValue(Score) && !context.Json)
        {
            await context.Out.WriteLineAsync();
            ScoreTable.Write(context.Out, outcome.Silver.Scores);
        }

        return outcome.Agrees ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<ReconciliationOutcome> CompareLakeAsync(
        VerbContext context,
        string[] ledgers,
        StageProgress progress,
        CancellationToken cancellationToken)
    {
        var lake = context.Places.OpenLake();
        await using var warehouse = context.Parsed.GetValue(NoGold) ? null : await context.Places.OpenCurrentWarehouseAsync(cancellationToken);
        return await Reconciliation.RunAsync(lake, warehouse, ledgers, progress, cancellationToken);
    }
}
