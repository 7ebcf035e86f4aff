using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;

namespace AirportOps.Cli;

/// <summary>The command line as contract: verbs, options, exit status, one line for every kind of trouble.</summary>
internal static class CommandLine
{
    /// <summary>How long a verb may take to stop after Ctrl-C or SIGTERM before the process ends all the same.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Parses and runs one command line.</summary>
    /// <param name="arguments">What stood after the program's name.</param>
    /// <param name="verbs">Makes the verbs that this program has.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where progress, logs and trouble go.</param>
    /// <param name="clock">The clock of the run.</param>
    /// <returns>The exit status, see <see cref="ExitCode"/>.</returns>
    internal static async Task<int> RunAsync(
        string[] arguments, Func<VerbHost, IReadOnlyList<Command>> verbs, TextWriter output, LiveConsole error, TimeProvider clock)
    {
        var root = Create(new VerbHost(output, error, clock), verbs);
        var parsed = root.Parse(arguments);
        var fault = parsed.Action is HelpAction ? null : GivenValues.FindFault(parsed) ?? (parsed.Errors.Count > 0 ? Fault(parsed) : null);
        if (fault is not null)
        {
            var verb = parsed.CommandResult.Command == root ? string.Empty : $"{PathOf(parsed)} ";
            await error.WriteLineAsync($"airportops: {fault.ReplaceLineEndings(" ")} (./airportops {verb}--help shows what there is)");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = ShutdownTimeout,
                Output = output,
                Error = error,
            },
            CancellationToken.None);
    }

    /// <summary>The program's command line.</summary>
    internal static RootCommand Create(VerbHost host, Func<VerbHost, IReadOnlyList<Command>> verbs)
    {
        var root = new RootCommand("AirportOps: from messy airport events to answers. Bronze, Silver and Gold on one machine.");
        foreach (var verb in verbs(host))
        {
            root.Subcommands.Add(verb);
        }

        return root;
    }

    /// <summary>What is wrong, the word at fault first: without it the parser would only miss what should have stood there.</summary>
    private static string Fault(ParseResult parsed) => (parsed.UnmatchedTokens, parsed.Errors[0]) switch
    {
        ([['-', ..] option, ..], _) => $"there is no option '{option}'",
        ([var word, ..], _) when parsed.CommandResult.Command.Subcommands.Count > 0 => $"there is no verb '{word}'",
        ([var word, ..], _) => $"'{word}' is one word too many",
        (_, { SymbolResult: OptionResult { Tokens: [var value], Option: var option } }) when GivenValues.Expected(option.ValueType) is { } expected =>
            $"{option.Name} is '{value.Value}', expected {expected}",
        (_, { } error) => error.Message.TrimEnd('.'),
    };

    private static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result?.Parent is not null; result = result.Parent as CommandResult)
        {
            names.Insert(0, result.Command.Name);
        }

        return string.Join(' ', names);
    }
}
