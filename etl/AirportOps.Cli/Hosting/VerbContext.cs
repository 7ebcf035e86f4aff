using System.CommandLine;
using AirportOps.Cli.Output;
using AirportOps.Cli.Settings;
using AirportOps.Reference;
using AirportOps.Reliability;
using Microsoft.Extensions.Logging;

namespace AirportOps.Cli.Hosting;

/// <summary>What a verb runs with.</summary>
/// <param name="Parsed">Its options and arguments.</param>
/// <param name="Settings">Its settings, checked.</param>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where progress and logs go.</param>
/// <param name="Clock">The clock.</param>
internal sealed partial record VerbContext(ParseResult Parsed, AppSettings Settings, TextWriter Out, LiveConsole Error, TimeProvider Clock)
{
    /// <summary>Whether the result is wanted as one JSON object.</summary>
    internal bool Json => Parsed.GetValue(CommonOptions.Json);

    /// <summary>Whether more is to be said than usual.</summary>
    internal bool IsVerbose => CommonOptions.IsVerbose(Parsed);

    /// <summary>The airports and airlines that codes are looked up in, read when first asked for.</summary>
    /// <exception cref="UsageException">A file of the user's own is wrong.</exception>
    internal ReferenceTables Reference => _reference.Value;

    /// <summary>The least that is logged.</summary>
    internal LogLevel LogLevel { get; init; } = LogLevel.Information;

    private readonly Lazy<ReferenceTables> _reference = new(() => LoadReference(Settings));

    private static ReferenceTables LoadReference(AppSettings settings)
    {
        if (settings is { ReferenceAirports: null, ReferenceAirlines: null })
        {
            return ReferenceTables.Default;
        }

        try
        {
            return ReferenceTables.Load(settings.ReferenceAirports, settings.ReferenceAirlines);
        }
        catch (ReferenceFileException wrong)
        {
            throw new UsageException(wrong.Message);
        }
    }
}
