using System.CommandLine;
using AirportOps.Cli.Hosting;

namespace AirportOps.Cli.Commands;

/// <summary>The verbs.</summary>
internal static class Verbs
{
    /// <summary>All there are, in the order in which a user meets them.</summary>
    internal static IReadOnlyList<Command> All(VerbHost host) =>
    [
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
        GenerationCommand.Create(host),
        VerifyCommand.Create(host),
        SqlCommand.Create(host),
        RunCommand.Create(host),
        StatusCommand.Create(host),
        DoctorCommand.Create(host),
        HealthCommand.Create(host),
    ];
}
