using System.CommandLine;
using AirportOps.Cli.Hosting;

namespace AirportOps.Cli.Commands;

/// <summary><c>silver</c>: cleans the stream in windows into Silver, the quarantine and staging.</summary>
internal static class SilverCommand
{
    private static readonly Option<bool> NoLoad = new("--no-load")
    {
        Description = "Don't load staging [default: load it where the warehouse is local:, or stream and lake are local: and file:; elsewhere 'load --follow' does]",
    };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("silver", "Clean the stream in windows into Silver, the quarantine and staging", RunAsync);
        command.Options.Add(PipelineRun.Once);
        command.Options.Add(PipelineRun.AcceptGap);
        command.Options.Add(MetricsOption.Emf);
        command.Options.Add(NoLoad);
        WindowOptions.AddWindowTo(command);
        WindowOptions.AddRawZoneTo(command);
        WindowOptions.AddShardsTo(command);
        WorkerOptions.AddTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var loads = !context.Parsed.GetValue(NoLoad);
        if (loads && !context.Places.SilverLoads)
        {
            loads = false;
            await context.Error.WriteLineAsync("airportops: silver only cleans here, as others may share this lake and warehouse; 'load --follow' loads for all of them.");
        }

        return await PipelineRun.RunVerbAsync(context, loads ? PipelineStages.Silver | PipelineStages.Load : PipelineStages.Silver, cancellationToken);
    }
}
