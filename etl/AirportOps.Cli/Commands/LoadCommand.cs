using System.CommandLine;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;

namespace AirportOps.Cli.Commands;

/// <summary><c>load</c>: Silver that is not yet in staging, into staging.</summary>
internal static class LoadCommand
{
    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("load", "Load Silver that is not yet in staging", RunAsync);
        command.Options.Add(PipelineRun.Follow);
        command.Options.Add(MetricsOption.Emf);
        WorkerOptions.AddLeaderTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var progress = new PipelineProgress();
        await PipelineRun.HostVerbAsync(context, PipelineStages.Load, progress, context.Parsed.GetValue(PipelineRun.Follow), cancellationToken);
        var loaded = progress.Load.Snapshot();
        await Result.WriteAsync(context, new Result { ["batches"] = loaded.Outputs, ["rows"] = loaded.Rows, ["duplicates"] = loaded.Duplicates });
        return ExitCode.Done;
    }
}
