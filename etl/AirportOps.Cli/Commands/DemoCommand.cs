using System.CommandLine;
using AirportOps.Cli.Demo;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;

namespace AirportOps.Cli.Commands;

/// <summary><c>demo</c>: the whole pipeline on this machine, on real flights and simulated traffic.</summary>
internal static class DemoCommand
{
    private static readonly Option<long> Events = new("--events")
    {
        Description = "Simulated events beside the real flights",
        HelpName = "N",
        DefaultValueFactory = _ => 200_000,
    };

    private static readonly Option<double> Mess = new("--mess")
    {
        Description = "Share of the simulated events that get something done to them, 0 to 1",
        HelpName = "0..1",
        DefaultValueFactory = _ => 0.3,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Where the simulation's luck comes from",
        HelpName = "S",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> NoDashboard = new("--no-dashboard") { Description = "Don't serve the page afterwards" };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("demo", "The whole pipeline on this machine: real flights and simulated traffic to figures that reconcile", RunAsync);
        command.Options.Add(Events);
        command.Options.Add(Mess);
        command.Options.Add(Seed);
        command.Options.Add(NoDashboard);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var options = new DemoOptions(context.Parsed.GetValue(Events), context.Parsed.GetValue(Mess), context.Parsed.GetValue(Seed));
        var report = await new DemoRun(context, options).RunAsync(cancellationToken);
        if (context.Json)
        {
            await Result.WriteAsync(context, report.ToResult());
        }
        else
        {
            report.Write(context.Out);
        }

        return report.Agrees ? ExitCode.Done : ExitCode.Failed;
    }
}
