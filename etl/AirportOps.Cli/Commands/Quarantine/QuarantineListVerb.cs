using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Reliability;

namespace AirportOps.Cli.Commands.Quarantine;

/// <summary><c>quarantine list</c>: how many events were refused, by what they have in common, with examples.</summary>
internal static class QuarantineListVerb
{
    private const int ExampleBytes = 100;

    private static readonly Option<string> By = new("--by")
    {
        Description = $"What to count by, with commas between: {QuarantineGrouping.Names}",
        HelpName = "LIST",
        DefaultValueFactory = _ => "reason,field",
    };

    private static readonly Option<int> Examples = new("--examples")
    {
        Description = "Examples of each group, from 0",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("list", "Count refused events by reason, field, source, day…, with examples", RunAsync);
        command.Options.Add(By);
        command.Options.Add(Examples);
        command.Options.Add(QuarantineOptions.All);
        QuarantineOptions.AddFilterTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var by = QuarantineGrouping.Parse(context.Parsed.GetValue(By)!);
        var mostExamples = context.Parsed.GetValue(Examples);
        if (mostExamples < 0)
        {
            throw new UsageException($"--examples {mostExamples} is less than 0");
        }

        // Each value with its length before it: equal texts mean equal values, whatever characters they hold.
        var groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        var entries = new QuarantineCatalog(context.Places.OpenLake())
            .ReadAsync(QuarantineOptions.ReadFilter(context), context.Parsed.GetValue(QuarantineOptions.All), cancellationToken);
        await foreach (var entry in entries)
        {
            var values = by.Select(grouping => grouping.Of(entry)).ToArray();
            var key = string.Concat(values.Select(value => value is null ? "-" : $"{value.Length}:{value}"));
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = new Group(values));
            }

            group.Count++;
            if (group.Examples.Count < mostExamples)
            {
                group.Examples.Add(entry);
            }
        }

        var sorted = groups.OrderByDescending(group => group.Value.Count).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Value).ToList();
        if (context.Json)
        {
            await Result.WriteAsync(context, ToResult(by, sorted));
        }
        else
        {
            Write(context.Out, by, sorted, mostExamples > 0);
        }

        return ExitCode.Done;
    }

    private static Result ToResult(IReadOnlyList<QuarantineGrouping> by, List<Group> groups) => new()
    {
        ["refused"] = groups.Sum(group => group.Count),
        ["groups"] = groups.Select(group =>
        {
            var result = new Result();
            for (var i = 0; i < by.Count; i++)
            {
                result[by[i].Name] = group.Values[i];
            }

            result["count"] = group.Count;
            result["example"] = group.Examples is [var first, ..] ? QuarantineText.Shortened(first.Event, ExampleBytes) : null;
            result["examples"] = group.Examples.Select(example => new Result
            {
                ["ref"] = example.Reference.ToString(),
                ["raw"] = QuarantineText.Shortened(example.Event, ExampleBytes),
            });
            return result;
        }),
    };

    private static void Write(TextWriter output, IReadOnlyList<QuarantineGrouping> by, List<Group> groups, bool hasExamples)
    {
        var rows = new List<string?[]>();
        foreach (var group in groups)
        {
            rows.Add([.. group.Values, group.Count.ToString("N0", CultureInfo.InvariantCulture), .. group.Examples.Take(1).SelectMany(Example)]);
            rows.AddRange(group.Examples.Skip(1).Select(example => (string?[])[.. by.Select(_ => (string?)null), null, .. Example(example)]));
        }

        TextTable.Write(output, [.. by.Select(grouping => grouping.Name), "events>", .. hasExamples ? ["ref", "example"] : Array.Empty<string>()], rows);
    }

    private static string[] Example(QuarantineEntry example) =>
        [example.Reference.ToString(), QuarantineText.Shortened(example.Event, ExampleBytes)];

    private sealed class Group(IReadOnlyList<string?> values)
    {
        internal IReadOnlyList<string?> Values { get; } = values;

        internal long Count { get; set; }

        internal List<QuarantineEntry> Examples { get; } = [];
    }
}
