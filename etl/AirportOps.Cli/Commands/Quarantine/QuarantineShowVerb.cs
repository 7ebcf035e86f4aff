using System.CommandLine;
using System.Text;
using System.Text.Unicode;
using AirportOps.Cli.Hosting;
using AirportOps.Cli.Output;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Reliability;

namespace AirportOps.Cli.Commands.Quarantine;

/// <summary><c>quarantine show</c>: refused events whole.</summary>
internal static class QuarantineShowVerb
{
    private static readonly Argument<string[]> References = new("REF")
    {
        Description = "Events by the reference that 'list' and 'show' print; shown whatever became of them",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "Show at most N events",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<bool> Raw = new("--raw") { Description = "Print only the original bytes exactly, a line feed between two events" };

    internal static Command Create(VerbHost host)
    {
        var command = host.Verb("show", "Show refused events whole", RunAsync);
        command.Arguments.Add(References);
        command.Options.Add(Limit);
        command.Options.Add(Raw);
        command.Options.Add(QuarantineOptions.All);
        QuarantineOptions.AddFilterTo(command);
        return command;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var named = (context.Parsed.GetValue(References) ?? []).Select(Parse).ToList();
        var filter = QuarantineOptions.ReadFilter(context) with { References = named };
        var withResolved = named.Count > 0 || context.Parsed.GetValue(QuarantineOptions.All);
        var limit = named.Count > 0 ? int.MaxValue : context.Parsed.GetValue(Limit);
        if (limit < 1)
        {
            throw new UsageException($"--limit {limit} is less than 1");
        }

        var shown = new List<QuarantineEntry>();
        await foreach (var entry in new QuarantineCatalog(context.Places.OpenLake()).ReadAsync(filter, withResolved, cancellationToken))
        {
            shown.Add(entry);
            if (shown.Count == limit)
            {
                break;
            }
        }

        if (named.FirstOrDefault(reference => shown.TrueForAll(entry => entry.Reference != reference)) is { Key: not null } missing)
        {
            throw new UsageException($"there is no refused event {missing} that matches; 'quarantine list --all' shows what there is");
        }

        await WriteAsync(context, shown, cancellationToken);
        return ExitCode.Done;
    }

    private static async Task WriteAsync(VerbContext context, List<QuarantineEntry> shown, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(Raw))
        {
            // Past the text writer: the bytes need not be text.
            await context.Out.FlushAsync(cancellationToken);
            await using var output = Console.OpenStandardOutput();
            for (var i = 0; i < shown.Count; i++)
            {
                await output.WriteAsync(i > 0 ? "\n"u8.ToArray() : ReadOnlyMemory<byte>.Empty, cancellationToken);
                await output.WriteAsync(shown[i].Event.Raw, cancellationToken);
            }
        }
        else if (context.Json)
        {
            await Result.WriteAsync(context, new Result { ["events"] = shown.Select(ToResult) });
        }
        else
        {
            foreach (var entry in shown)
            {
                await Result.WriteAsync(context, ToResult(entry));
                await context.Out.WriteLineAsync();
            }
        }
    }

    private static Result ToResult(QuarantineEntry entry)
    {
        var refused = entry.Event;
        var isText = Utf8.IsValid(refused.Raw.Span);
        var result = new Result
        {
            ["ref"] = entry.Reference.ToString(),
            ["state"] = QuarantineText.State(entry),
            ["replayed_in"] = entry.Resolution?.Window,
            ["reason"] = refused.Reason,
            ["field"] = refused.Field,
            ["detail"] = refused.Detail,
            ["event_id"] = refused.EventId,
            ["source"] = EventSource.Read(refused.Raw),
            ["stream"] = entry.Stream,
            ["shard"] = refused.Shard,
            ["sequence"] = refused.Sequence,
            ["arrived"] = refused.Arrived,
        };
        result[isText ? "raw" : "raw_b64"] = isText ? Encoding.UTF8.GetString(refused.Raw.Span) : Convert.ToBase64String(refused.Raw.Span);
        return result;
    }

    private static QuarantineReference Parse(string text) => QuarantineReference.TryParse(text, out var reference)
        ? reference
        : throw new UsageException($"'{text}' is no reference to a refused event; expected date=2026-03-01/NAME:LINE as 'quarantine list' prints it");
}
