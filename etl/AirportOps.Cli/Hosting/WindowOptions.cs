using System.CommandLine;

namespace AirportOps.Cli.Hosting;

/// <summary>When a window or an object of the raw zone closes, where the raw zone is and how many shards a new stream has: options of the verbs that need them.</summary>
internal static class WindowOptions
{
    private static readonly Option<string?> Seconds = new("--window-seconds") { Description = "Close a window after N seconds", HelpName = "N" };
    private static readonly Option<string?> Records = new("--window-records") { Description = "Close a window after N records", HelpName = "N" };
    private static readonly Option<string?> Bytes = new("--window-bytes") { Description = "Close a window after N bytes", HelpName = "N" };
    private static readonly Option<string?> Archived = new("--bronze-seconds") { Description = "Close an object of the raw zone after N seconds [default: 60]", HelpName = "N" };
    private static readonly Option<string?> RawZone = new("--bronze-lake") { Description = "Lake of the raw zone, file:DIR or s3://BUCKET/PREFIX [default: --lake]", HelpName = "URI" };
    private static readonly Option<string?> Shards = new("--shards") { Description = "Shards of a stream that is created", HelpName = "N" };

    private static readonly Option<string?> Ids = new("--ids-in-memory")
    {
        Description = "Remember more ids of accepted events than N on disk [default: 2097152, at most 96 MiB]",
        HelpName = "N",
    };

    internal static IReadOnlyList<(string Key, Option<string?> Option)> ByKey { get; } =
    [
        ("Window:Seconds", Seconds), ("Window:Records", Records), ("Window:Bytes", Bytes), ("Bronze:Seconds", Archived), ("Bronze:Lake", RawZone),
        ("Shards", Shards), ("Ids:InMemory", Ids),
    ];

    internal static void AddWindowTo(Command command)
    {
        command.Options.Add(Seconds);
        command.Options.Add(Records);
        command.Options.Add(Bytes);
        AddIdsTo(command);
    }

    internal static void AddBronzeTo(Command command) => command.Options.Add(Archived);

    internal static void AddRawZoneTo(Command command) => command.Options.Add(RawZone);

    internal static void AddIdsTo(Command command) => command.Options.Add(Ids);

    internal static void AddShardsTo(Command command) => command.Options.Add(Shards);
}
