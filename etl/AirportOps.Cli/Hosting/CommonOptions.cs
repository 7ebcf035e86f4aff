using System.CommandLine;
using AirportOps.Cli.Settings;

namespace AirportOps.Cli.Hosting;

/// <summary>The options that every verb takes.</summary>
internal static class CommonOptions
{
    internal static readonly Option<bool> Json = new("--json") { Description = "Print the result as one JSON object" };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder of the embedded stream, lake and warehouse [default: .airportops]",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Stream = new("--stream")
    {
        Description = "Stream, local:DIR or kinesis:NAME [default: local:DATA/stream/airport-events]",
        HelpName = "URI",
    };

    private static readonly Option<string?> Lake = new("--lake")
    {
        Description = "Lake, file:DIR or s3://BUCKET/PREFIX [default: file:DATA/lake]",
        HelpName = "URI",
    };

    private static readonly Option<string?> Warehouse = new("--warehouse")
    {
        Description = "Warehouse, local:DIR, postgres://… or redshift://WORKGROUP/DATABASE [default: local:DATA/warehouse]",
        HelpName = "URI",
    };

    private static readonly Option<string?> AwsEndpoint = new("--aws-endpoint")
    {
        Description = "Use this endpoint instead of AWS's; SERVICE=URL for one service, several separated by commas",
        HelpName = "URL",
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Say more, and where trouble came from" };

    internal static void AddTo(Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(Stream);
        command.Options.Add(Lake);
        command.Options.Add(Warehouse);
        command.Options.Add(AwsEndpoint);
        command.Options.Add(Json);
        command.Options.Add(Verbose);
    }

    internal static bool IsVerbose(ParseResult parsed) => parsed.GetValue(Verbose);

    internal static AppSettings ReadSettings(ParseResult parsed) => SettingsReader.Read(SettingsReader.Files, Given(parsed));

    private static IEnumerable<KeyValuePair<string, string?>> Given(ParseResult parsed)
    {
        foreach (var (key, option) in new[] { ("Data", Data), ("Stream", Stream), ("Lake", Lake), ("Warehouse", Warehouse), ("Aws:Endpoint", AwsEndpoint) })
        {
            if (parsed.GetValue(option) is { } value)
            {
                yield return new(key, value);
            }
        }

        if (parsed.GetResult(MetricsOption.Emf) is { Implicit: false })
        {
            yield return new("Metrics:Emf", parsed.GetValue(MetricsOption.Emf) ?? "stderr");
        }

        foreach (var (key, option) in WindowOptions.ByKey.Concat(WorkerOptions.ByKey))
        {
            if (parsed.CommandResult.Command.Options.Contains(option) && parsed.GetValue(option) is { } value)
            {
                yield return new(key, value);
            }
        }
    }
}
