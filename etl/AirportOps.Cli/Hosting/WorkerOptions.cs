using System.CommandLine;

namespace AirportOps.Cli.Hosting;

/// <summary>How workers share the shards of a stream: options of the verbs that work on shards.</summary>
internal static class WorkerOptions
{
    private static readonly Option<string?> Table = new("--lease-table")
    {
        Description = "Share the work with every process that names this DynamoDB table: shards are divided up, one loads [default: do all of it alone]",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Worker = new("--worker")
    {
        Description = "Name of this worker in leases and status [default: machine and process id]",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Seconds = new("--lease-seconds")
    {
        Description = "Take over the work of a process that was not heard of for N seconds; the same for all [default: 10]",
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

    /// <summary>For a verb whose work is not shared out: one process leads, others stand by.</summary>
    internal static void AddLeaderTo(Command command)
    {
        foreach (var option in new[] { Table, Worker, Seconds, Heartbeat })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>For verbs that only look at the leases.</summary>
    internal static void AddTableTo(Command command) => command.Options.Add(Table);
}
