using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using AirportOps.Cli.Commands;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;

namespace AirportOps.Cli;

/// <summary>The command line as contract: verbs, options, exit status, one line for every kind of trouble.</summary>
internal static class CommandLine
{
    /// <summary>How long a verb may take to stop after Ctrl-C or SIGTERM before the process ends all the same.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Parses and runs one command line.</summary>
    /// <returns>The exit status, see <see cref="ExitCode"/>.</returns>
    internal static async Task<int> RunAsync(string[] arguments, TextWriter output, LiveConsole error, TimeProvider clock)
    {
        var root = Create(new VerbHost(output, error, clock));
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            var verb = parsed.CommandResult.Command == root ? string.Empty : $"{PathOf(parsed)} ";
            await error.WriteLineAsync($"airportops: {Fault(parsed).ReplaceLineEndings(" ")} (./airportops {verb}--help shows what there is)");
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

    /// <summary>All verbs.</summary>
    internal static RootCommand Create(VerbHost host) =>
        new("AirportOps: from messy airport events to answers. Bronze, Silver and Gold on one machine.")
        {
            DemoCommand.Create(host),
            SimulateCommand.Create(host),
            IngestCommand.Create(host),
            BronzeCommand.Create(host),
            SilverCommand.Create(host),
            CleanCommand.Create(host),
            LoadCommand.Create(host),
            MigrateCommand.Create(host),
            GoldCommand.Create(host),
            QuarantineCommand.Create(host),
            VerifyCommand.Create(host),
            SqlCommand.Create(host),
            RunCommand.Create(host),
            StatusCommand.Create(host),
            DoctorCommand.Create(host),
            HealthCommand.Create(host),
        };

    /// <summary>What is wrong, the word at fault first: without it the parser would only miss what should have stood there.</summary>
    private static string Fault(ParseResult parsed) => (parsed.UnmatchedTokens, parsed.Errors[0]) switch
    {
        ([['-', ..] option, ..], _) => $"there is no option '{option}'",
        ([var word, ..], _) when parsed.CommandResult.Command.Subcommands.Count > 0 => $"there is no verb '{word}'",
        ([var word, ..], _) => $"'{word}' is one word too many",
        (_, { SymbolResult: OptionResult { Tokens: [var value], Option: var option } }) when Expected(option.ValueType) is { } expected =>
            $"{option.Name} is '{value.Value}', expected {expected}",
        (_, { } error) => error.Message.TrimEnd('.'),
    };

    /// <summary>What an option of a type takes, in words; null for a type that takes anything.</summary>
    private static string? Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(int) || number == typeof(long) => "a whole number",
        var number when number == typeof(ulong) => "a whole number from 0",
        var number when number == typeof(double) => "a number",
        var date when date == typeof(DateOnly) => "a date YYYY-MM-DD",
        _ => null,
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
