using System.CommandLine;
using System.Text;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Lake;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Cli.Commands;

/// <summary><c>quarantine list</c> and <c>quarantine show</c>: what was refused and why.</summary>
internal static class QuarantineCommand
{
    private const int ExampleBytes = 100;

    private static readonly Option<string?> Reason = new("--reason") { Description = "Only this reason", HelpName = "REASON" };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "Show at most N events",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    internal static Command Create(VerbHost host)
    {
        var list = host.Verb("list", "Count refused events by reason and field, with an example of each", ListAsync);
        var show = host.Verb("show", "Show refused events whole", ShowAsync);
        show.Options.Add(Reason);
        show.Options.Add(Limit);
        return new Command("quarantine", "What was refused and why") { list, show };
    }

    private static async Task<int> ListAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<(string Reason, string? Field), (long Count, QuarantinedEvent Example)>();
        await foreach (var refused in ReadAsync(context.Places.OpenLake(), cancellationToken))
        {
            var key = (refused.Reason, refused.Field);
            groups[key] = groups.TryGetValue(key, out var known) ? (known.Count + 1, known.Example) : (1, refused);
        }

        var sorted = groups.OrderByDescending(group => group.Value.Count).ThenBy(group => group.Key.Reason, StringComparer.Ordinal).ToList();
        if (context.Json)
        {
            await Result.WriteAsync(context, new Result
            {
                ["refused"] = sorted.Sum(group => group.Value.Count),
                ["groups"] = sorted.Select(group => new Result
                {
                    ["reason"] = group.Key.Reason,
                    ["field"] = group.Key.Field,
                    ["count"] = group.Value.Count,
                    ["example"] = Text(group.Value.Example, ExampleBytes),
                }),
            });
            return ExitCode.Done;
        }

        TextTable.Write(
            context.Out,
            ["reason", "field", "events>", "example"],
            [.. sorted.Select(group => new[] { group.Key.Reason, group.Key.Field, $"{group.Value.Count:N0}", Text(group.Value.Example, ExampleBytes) })]);
        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var reason = context.Parsed.GetValue(Reason);
        var limit = context.Parsed.GetValue(Limit);
        var shown = ReadAsync(context.Places.OpenLake(), cancellationToken)
            .Where(refused => reason is null || refused.Reason == reason)
            .Take(limit)
            .Select(ToResult);
        if (context.Json)
        {
            await Result.WriteAsync(context, new Result { ["events"] = await shown.ToListAsync(cancellationToken) });
            return ExitCode.Done;
        }

        await foreach (var result in shown)
        {
            await Result.WriteAsync(context, result);
            await context.Out.WriteLineAsync();
        }

        return ExitCode.Done;
    }

    private static Result ToResult(QuarantinedEvent refused) => new()
    {
        ["reason"] = refused.Reason,
        ["field"] = refused.Field,
        ["detail"] = refused.Detail,
        ["event_id"] = refused.EventId,
        ["shard"] = refused.Shard,
        ["sequence"] = refused.Sequence,
        ["arrived"] = refused.Arrived,
        ["raw"] = Text(refused, int.MaxValue),
    };

    /// <summary>Everything in the quarantine that a window's manifest names.</summary>
    private static async IAsyncEnumerable<QuarantinedEvent> ReadAsync(
        ILake lake,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var window in new WindowStore(lake).ReadAllAsync(cancellationToken))
        {
            foreach (var file in window.Quarantine)
            {
                await foreach (var refused in QuarantineReader.ReadAsync(lake, file.Key, cancellationToken))
                {
                    yield return refused;
                }
            }
        }
    }

    private static string Text(QuarantinedEvent refused, int maxBytes)
    {
        var raw = refused.Raw.Span;
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, maxBytes)]).ReplaceLineEndings(" ");
        return raw.Length > maxBytes ? text + "…" : text;
    }
}
