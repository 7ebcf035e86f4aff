using System.CommandLine;
using AirportOps.Cli.Output;
using AirportOps.Reliability;

namespace AirportOps.Cli.Hosting;

/// <summary>Runs verbs: reads their settings, gives them their surroundings, and turns trouble into one line and an exit status.</summary>
/// <param name="output">Where results go.</param>
/// <param name="error">Where progress, logs and trouble go.</param>
/// <param name="clock">The clock of the run.</param>
internal sealed class VerbHost(TextWriter output, LiveConsole error, TimeProvider clock)
{
    /// <summary>Makes a verb.</summary>
    /// <param name="name">The verb as typed.</param>
    /// <param name="description">One line for <c>--help</c>.</param>
    /// <param name="run">The verb's work; gives the exit status.</param>
    internal Command Verb(string name, string description, Func<VerbContext, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        CommonOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(name, parsed, run, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(
        string name,
        ParseResult parsed,
        Func<VerbContext, CancellationToken, Task<int>> run,
        CancellationToken cancellationToken)
    {
        // The parser listens for Ctrl-C and SIGTERM only once this has returned; a verb may work long before its first wait.
        await Task.Yield();
        try
        {
            var context = new VerbContext(parsed, CommonOptions.ReadSettings(parsed), output, error, clock);
            return await run(context, cancellationToken);
        }
        catch (UsageException wrong)
        {
            await error.WriteLineAsync($"airportops: {OneLine(wrong.Message)}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync($"airportops: {name} was stopped before its end; nothing is lost, and the same command goes on or starts anew");
            return ExitCode.Failed;
        }
        catch (Exception trouble) when (Faults.IsTold(trouble) || !CommonOptions.IsVerbose(parsed))
        {
            var known = Faults.IsTold(trouble);
            await error.WriteLineAsync(known
                ? $"airportops: {OneLine(trouble.Message)}"
                : $"airportops: {name} failed unexpectedly: {trouble.GetType().Name}: {OneLine(trouble.Message)} (--verbose shows where)");
            if (CommonOptions.IsVerbose(parsed))
            {
                await error.WriteLineAsync(trouble.ToString());
            }

            return ExitCode.Failed;
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
