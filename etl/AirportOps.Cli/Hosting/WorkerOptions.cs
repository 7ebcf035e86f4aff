using System.CommandLine;

namespace AirportOps.Cli.Hosting;

/// <summary>How workers share the shards of a stream: options of the verbs that work on shards.</summary>
internal static class WorkerOptions
{
    private static readonly Option<string?> Table = new("--lease-table")
    {
        Description = "Share the stream's shards with every worker that names this DynamoDB table [default: work on all shards alone]",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Worker = new("--worker")
    {
        Description = "Name of this worker in leases and status [default: machine and process id]",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Seconds = new("--lease-seconds")
    {
        Description = "Take over the shards of a worker that was not heard of for N seconds; the same for all workers [default: 10]",
        HelpName = "N",
    };

    private static readonly Option<string?> Heartbeat = new("--heartbeat-seconds")
    {
        Description = "Renew leases every N seconds, at most a third of the lease [default: a fifth of it]",
        HelpName = "N",
    };

    private static readonly Option<string?> MaxShards = new("--max-shards")
    {
        Description = "Work on at most N shards of a stage at once [default: this worker's share]",
        HelpName = "N",
    };

    internal static IReadOnlyList<(string Key, Option<string?> Option)> ByKey { get; } =
    [
        ("Leases:Table", Table), ("Leases:Worker", Worker), ("Leases:Seconds", Seconds), ("Leases:HeartbeatSeconds", Heartbeat), ("Leases:MaxShards", MaxShards),
    ];

    internal static void AddTo(Command command)
    {
        foreach (var (_, option) in ByKey)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>For verbs that only look at the leases.</summary>
    internal static void AddTableTo(Command command) => command.Options.Add(Table);
}
