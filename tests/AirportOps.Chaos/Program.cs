using System.CommandLine;
using System.CommandLine.Parsing;
using AirportOps.Chaos.Feeding;
using AirportOps.Chaos.Outages;
using AirportOps.Chaos.Planning;
using AirportOps.Chaos.Rounds;

namespace AirportOps.Chaos;

/// <summary>The harness that hurts the pipeline; <c>./dev chaos</c> starts it.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is [ResumedSource.Verb, var stream, var ledger, .. var source])
        {
            return await ResumeAsync(stream, ledger, SourceOptions.Parse(source));
        }

        var rounds = new Option<int>("--rounds") { Description = "How many rounds", HelpName = "N", DefaultValueFactory = _ => 50 };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of the first round; each next one's is one more", HelpName = "S", DefaultValueFactory = _ => 1,
        };
        var events = new Option<int>("--events") { Description = "Events a round", HelpName = "N", DefaultValueFactory = _ => new RoundSize().Events };
        var rate = new Option<int>("--rate") { Description = "Events a second", HelpName = "R", DefaultValueFactory = _ => new RoundSize().Rate };
        var only = new Option<HurtKind?>("--only") { Description = "Do nothing but this kind of hurt", HelpName = "KIND", CustomParser = ParseKind };
        var keep = new Option<bool>("--keep") { Description = "Keep the folders of rounds that failed" };
        foreach (var positive in new[] { rounds, events, rate })
        {
            positive.Validators.Add(result => Expect(result.GetValueOrDefault<int>() > 0, result, "a number above 0"));
        }

        var root = new RootCommand("Hurts the pipeline at random, by a seed, and checks that nothing is lost, nothing doubled and nobody needed.")
        {
            rounds, seed, events, rate, only, keep,
        };
        root.SetAction(async (parsed, cancellationToken) =>
        {
            var size = new RoundSize { Events = parsed.GetValue(events), Rate = parsed.GetValue(rate), Only = parsed.GetValue(only) };
            var results = await new Certificate(Console.Out).RunAsync(
                parsed.GetValue(seed), parsed.GetValue(rounds), size, parsed.GetValue(keep), cancellationToken);
            return results.Count == parsed.GetValue(rounds) && results.All(result => result.HasPassed) ? 0 : 1;
        });
        root.Subcommands.Add(Outages());

        // Who is stopped ends the processes of the round and deletes its folder.
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
    }

    private static Command Outages()
    {
        var size = new OutageOptions();
        var minutes = new Option<double>("--minutes")
        {
            Description = "How long the server is away in the middle", HelpName = "M", DefaultValueFactory = _ => size.Away.TotalMinutes,
        };
        var rate = new Option<int>("--rate")
        {
            Description = "Events a second all the while", HelpName = "R", DefaultValueFactory = _ => size.Rate,
        };
        var seed = new Option<int>("--seed") { Description = "Seed of the events", HelpName = "S", DefaultValueFactory = _ => size.Seed };
        var pause = new Option<double>("--pause")
        {
            Description = "Longest pause of a shard of Bronze or Silver, in seconds", HelpName = "N", DefaultValueFactory = _ => size.LongestPause.TotalSeconds,
        };
        var emulators = new Option<bool>("--emulators") { Description = "Stream and lake in the emulators of Kinesis and S3" };
        var command = new Command("outages", "One 'run' over a warehouse that is away in every way there is, one after another.")
        {
            minutes, rate, seed, pause, emulators,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = size with
            {
                Away = TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                Rate = parsed.GetValue(rate),
                Seed = parsed.GetValue(seed),
                LongestPause = TimeSpan.FromSeconds(parsed.GetValue(pause)),
                IsOnEmulators = parsed.GetValue(emulators),
            };
            var faults = await new OutageRun(options, Console.Out).RunAsync(cancellationToken);
            foreach (var fault in faults)
            {
                await Console.Out.WriteLineAsync($"fault: {fault}");
            }

            await Console.Out.WriteLineAsync(faults.Count == 0 ? "passed" : "FAILED");
            return faults.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static HurtKind? ParseKind(ArgumentResult result)
    {
        if (Enum.TryParse<HurtKind>(result.Tokens[0].Value, ignoreCase: true, out var kind) && Enum.IsDefined(kind))
        {
            return kind;
        }

        var names = string.Join(", ", Enum.GetNames<HurtKind>().Select(name => name.ToLowerInvariant()));
        result.AddError($"--only is '{result.Tokens[0].Value}'; expected one of {names}");
        return null;
    }

    private static void Expect(bool holds, OptionResult result, string expected)
    {
        if (!holds)
        {
            result.AddError($"{result.Option.Name} is {result.Tokens[0].Value}; expected {expected}");
        }
    }

    private static async Task<int> ResumeAsync(string stream, string ledger, SourceOptions source)
    {
        try
        {
            return await ResumedSource.RunAsync(stream, ledger, source, CancellationToken.None);
        }
        catch (SourceException broken)
        {
            await Console.Error.WriteLineAsync($"chaos: {broken.Message}");
            return 1;
        }
    }
}
