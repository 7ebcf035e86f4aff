using System.CommandLine;
using AirportOps.Cli.Hosting;

namespace AirportOps.Cli.Commands;

/// <summary><c>run</c>: all stages as a service.</summary>
internal static class RunCommand
{
    internal static Command Create(VerbHost host)
    {
        var command = host.Verb(
            "run",
            "All stages in one process: Bronze, Silver, staging and Gold",
            (context, cancellationToken) => PipelineRun.RunVerbAsync(context, PipelineStages.All, cancellationToken));
        command.Options.Add(PipelineRun.Once);
        command.Options.Add(StageWatch.Emf);
        WindowOptions.AddWindowTo(command);
        WindowOptions.AddShardsTo(command);
        WorkerOptions.AddTo(command);
        return command;
    }
}
