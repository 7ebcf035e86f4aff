using System.CommandLine;
using System.Globalization;
using AirportOps.Cli.Hosting;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Reliability;

namespace AirportOps.Cli.Commands.Quarantine;

/// <summary>The options that narrow the quarantine, the same for its three verbs.</summary>
internal static class QuarantineOptions
{
    internal static readonly Option<bool> All = new("--all") { Description = "Also what a replay has resolved, with what became of it" };

    private static readonly Option<string[]> Reason = Several("--reason", "REASON", "Only events refused for this reason");

    private static readonly Option<string[]> Field = Several("--field", "FIELD", "Only events refused for this field");

    private static readonly Option<string[]> Source = Several("--source", "SOURCE", "Only events that name this source");

    private static readonly Option<string?> Since = new("--since")
    {
        Description = "Only events that arrived then or later (UTC; a date or 2026-03-01T14:05:00Z)",
        HelpName = "TIME",
    };

    private static readonly Option<string?> Until = new("--until") { Description = "Only events that arrived before then", HelpName = "TIME" };

    internal static void AddFilterTo(Command command)
    {
        command.Options.Add(Reason);
        command.Options.Add(Field);
        command.Options.Add(Source);
        command.Options.Add(Since);
        command.Options.Add(Until);
    }

    /// <summary>What the options narrow the quarantine to.</summary>
    /// <exception cref="UsageException">A time can't be read.</exception>
    internal static QuarantineFilter ReadFilter(VerbContext context) => new()
    {
        Reasons = context.Parsed.GetValue(Reason) ?? [],
        Fields = context.Parsed.GetValue(Field) ?? [],
        Sources = context.Parsed.GetValue(Source) ?? [],
        Since = ReadTime(context, Since),
        Until = ReadTime(context, Until),
    };

    private static Option<string[]> Several(string name, string helpName, string description) =>
        new(name) { Description = $"{description}; several times for several", HelpName = helpName };

    private static DateTimeOffset? ReadTime(VerbContext context, Option<string?> option)
    {
        if (context.Parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UsageException($"{option.Name} '{text}' is no time; expected 2026-03-01 or 2026-03-01T14:05:00Z");
    }
}
