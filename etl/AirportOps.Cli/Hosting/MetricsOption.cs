using System.CommandLine;
using AirportOps.Cli.Settings;

namespace AirportOps.Cli.Hosting;

/// <summary>The option that turns metrics on, of the verbs that run stages.</summary>
internal static class MetricsOption
{
    internal static readonly Option<string?> Emf = new("--emf")
    {
        Description = $"Write metrics for CloudWatch: {MetricsSettings.Expected} [default: off; in a container of ECS, and when no TARGET is given, stderr]",
        HelpName = "TARGET",
        Arity = ArgumentArity.ZeroOrOne,
    };
}
