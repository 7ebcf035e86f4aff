using System.CommandLine;
using AirportOps.Cli.Hosting;

namespace AirportOps.Cli.Commands;

/// <summary><c>run</c>: all stages as a service.</summary>
internal static class RunCommand
{
    private static readonly Option<bool> NoBronze = new("--no-bronze") { Description = "Don't archive the stream, for instance because a Firehose delivery stream does" };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb(
            "run",
            "All stages in one process: Bronze, Silver, staging and Gold",
            (context, cancellationToken) => PipelineRun.RunVerbAsync(
                context, context.Parsed.GetValue(NoBronze) ? PipelineStages.All & ~PipelineStages.Bronze : PipelineStages.All, cancellationToken));
        command.Options.Add(PipelineRun.Once);
        command.Options.Add(PipelineRun.AcceptGap);
        command.Options.Add(MetricsOption.Emf);
        command.Options.Add(NoBronze);
        WindowOptions.AddWindowTo(command);
        WindowOptions.AddBronzeTo(command);
        WindowOptions.AddRawZoneTo(command);
        WindowOptions.AddShardsTo(command);
        WorkerOptions.AddTo(command);
        return command;
    }
}
