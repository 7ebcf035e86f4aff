using System.CommandLine;
using AirportOps.Cli.Health;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Reliability;

namespace AirportOps.Cli.Commands;

/// <summary><c>health</c>: whether the verb that runs in this container lives; a container's health check.</summary>
internal static class HealthCommand
{
    /// <summary>Longer than a stage waits out a lake that doesn't answer, which is 5 minutes.</summary>
    private const double DefaultSeconds = 600;

    private static readonly Option<double> Within = new("--within")
    {
        Description = "How long a stage may be silent, in seconds",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => DefaultSeconds,
    };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("health", "Whether the service that writes the setting Health:File lives and moves", RunAsync);
        command.Options.Add(Within);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var seconds = context.Parsed.GetValue(Within);
        if (seconds is not (> 0 and <= 86_400))
        {
            throw new UsageException("--within must be over 0, to 86400 seconds");
        }

        if (context.Settings.HealthFile is not { } path)
        {
            throw new UsageException("the setting Health:File is missing; give it (AIRPORTOPS_HEALTH__FILE) to the service and to health alike");
        }

        var now = context.Clock.GetUtcNow();
        var file = HealthFile.TryRead(path);
        var fault = file is null ? $"no service says in {path} that it lives: none runs, or it can't write there" : file.Fault(now, TimeSpan.FromSeconds(seconds));
        if (fault is not null && !context.Json)
        {
            await context.Error.WriteLineAsync($"airportops: {fault}");
            return ExitCode.Failed;
        }

        var result = new Result { ["healthy"] = fault is null, ["fault"] = fault, ["verb"] = file?.Verb, ["since"] = file?.Started };
        foreach (var stage in file?.Stages ?? [])
        {
            result[stage.Stage] = new Result
            {
                ["last_sign_seconds_ago"] = Math.Round((now - stage.LastSign).TotalSeconds, 1),
                ["lag_seconds"] = stage.LagSeconds,
                ["outputs"] = stage.Outputs,
                ["done"] = stage.IsDone,
            };
        }

        await Result.WriteAsync(context, result);
        return fault is null ? ExitCode.Done : ExitCode.Failed;
    }
}
