using AirportOps.Aws.Leases;
using AirportOps.Pipeline.Workers;
using AirportOps.Reliability;

namespace AirportOps.Cli.Hosting;

/// <summary>The leases among the places.</summary>
internal sealed partial class Places
{
    /// <summary>Opens the lease table; null when none is set. Nothing is called yet.</summary>
    /// <exception cref="UsageException">The name is none of a table.</exception>
    internal DynamoDbLeaseStore? OpenLeaseTable() => settings.Leases.Table is not { } table
        ? null
        : DynamoDbLeaseStore.Open(
            table,
            settings.Aws,
            new DynamoDbLeaseOptions { CallTimeout = settings.Leases.Heartbeat < ShortestCall ? ShortestCall : settings.Leases.Heartbeat },
            logger,
            clock);

    /// <summary>How a worker shares shards by a lease table.</summary>
    internal ShardLeases Share(DynamoDbLeaseStore table, LeaseOptions worker) => new(table, worker, logger);

    private static TimeSpan ShortestCall => TimeSpan.FromSeconds(2);
}
