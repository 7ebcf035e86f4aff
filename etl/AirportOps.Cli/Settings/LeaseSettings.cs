using AirportOps.Pipeline.Workers;

namespace AirportOps.Cli.Settings;

/// <summary>How workers share the shards of a stream.</summary>
/// <param name="Table">The DynamoDB table with the leases; null, the default: this process works on all shards alone.</param>
/// <param name="Worker">The worker's name; null, the default: the machine's and the process id.</param>
/// <param name="Duration">For how long others leave a lease alone that is not renewed, 1…3600 s. Default 10 s.</param>
/// <param name="Heartbeat">Between two renewals, from 0.01 s, at most a third of the duration. Default a fifth of it.</param>
/// <param name="MaxShards">The most shards of a stage at once, from 1; null, the default: the worker's share.</param>
internal sealed record LeaseSettings(string? Table, string? Worker, TimeSpan Duration, TimeSpan Heartbeat, int? MaxShards)
{
    /// <summary>The options of a worker that starts now.</summary>
    internal LeaseOptions ToOptions() => new(LeaseOptions.NewWorker(Worker ?? $"{Environment.MachineName}-{Environment.ProcessId}"))
    {
        Duration = Duration,
        Heartbeat = Heartbeat,
        MaxShards = MaxShards ?? int.MaxValue,
    };
}
