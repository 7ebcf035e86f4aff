using System.CommandLine;
using AirportOps.Cli.Commands.Quarantine;
using AirportOps.Cli.Hosting;

namespace AirportOps.Cli.Commands;

/// <summary><c>quarantine</c>: what was refused and why, and trying it again.</summary>
internal static class QuarantineCommand
{
    internal static Command Create(VerbHost host) => new("quarantine", "What was refused and why; try it again after a fix")
    {
        QuarantineListVerb.Create(host),
        QuarantineShowVerb.Create(host),
        QuarantineReplayVerb.Create(host),
    };
}
