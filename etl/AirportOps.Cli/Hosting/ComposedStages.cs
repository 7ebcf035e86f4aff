using AirportOps.Aws.Leases;
using AirportOps.Pipeline;
using AirportOps.Pipeline.Hosting;

namespace AirportOps.Cli.Hosting;

/// <summary>Stages ready to be hosted, and what is theirs: the lease table, a warehouse each.</summary>
/// <param name="leaseTable">The table by which workers share shards; null without one.</param>
internal sealed class ComposedStages(DynamoDbLeaseStore? leaseTable) : IAsyncDisposable
{
    private readonly List<HostedStage> _stages = [];
    private readonly List<StageWarehouse> _warehouses = [];

    internal IReadOnlyList<HostedStage> Stages => _stages;

    internal DynamoDbLeaseStore? LeaseTable { get; } = leaseTable;

    /// <summary>Adds a stage.</summary>
    /// <param name="progress">Where it counts.</param>
    /// <param name="feeding">The stage that feeds it; null for none of this process.</param>
    /// <param name="run">Its work.</param>
    internal HostedStage Add(StageProgress progress, HostedStage? feeding, Func<Drain, CancellationToken, Task> run)
    {
        var stage = new HostedStage(progress, run) { After = feeding is null ? [] : [feeding] };
        _stages.Add(stage);
        return stage;
    }

    /// <summary>Takes a warehouse over, to be closed at the end.</summary>
    internal StageWarehouse Own(StageWarehouse warehouse)
    {
        _warehouses.Add(warehouse);
        return warehouse;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var warehouse in _warehouses)
        {
            await warehouse.DisposeAsync();
        }

        LeaseTable?.Dispose();
    }
}
