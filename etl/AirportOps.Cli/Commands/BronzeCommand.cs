using System.CommandLine;
using AirportOps.Cli.Hosting;

namespace AirportOps.Cli.Commands;

/// <summary><c>bronze</c>: archives the stream to the raw zone.</summary>
internal static class BronzeCommand
{
    internal static Command Create(VerbHost host)
    {
        var command = host.Verb(
            "bronze",
            "Archive the stream to the raw zone, byte for byte",
            (context, cancellationToken) => PipelineRun.RunVerbAsync(context, PipelineStages.Bronze, cancellationToken));
        command.Options.Add(PipelineRun.Once);
        command.Options.Add(PipelineRun.AcceptGap);
        command.Options.Add(MetricsOption.Emf);
        WindowOptions.AddBronzeTo(command);
        WindowOptions.AddRawZoneTo(command);
        WindowOptions.AddShardsTo(command);
        WorkerOptions.AddTo(command);
        return command;
    }
}
