using System.CommandLine;
using AirportOps.Cli.Hosting;

namespace AirportOps.Cli.Commands;

/// <summary><c>silver</c>: cleans the stream in windows into Silver, the quarantine and staging.</summary>
internal static class SilverCommand
{
    private static readonly Option<bool> NoLoad = new("--no-load") { Description = "Don't load staging" };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("silver", "Clean the stream in windows into Silver, the quarantine and staging", RunAsync);
        command.Options.Add(PipelineRun.Once);
        command.Options.Add(StageWatch.Emf);
        command.Options.Add(NoLoad);
        WindowOptions.AddWindowTo(command);
        WindowOptions.AddShardsTo(command);
        WorkerOptions.AddTo(command);
        return command;
    }

    private static Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken) => PipelineRun.RunVerbAsync(
        context,
        context.Parsed.GetValue(NoLoad) ? PipelineStages.Silver : PipelineStages.Silver | PipelineStages.Load,
        cancellationToken);
}
