using AirportOps.Cleaning.Codes;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;
using AirportOps.Pipeline.Workers;
using AirportOps.Reference;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Silver;

/// <summary>
/// Cleans a stream into Silver and the quarantine: one worker a shard, side by side; a child shard once its parents are read to their end.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="lake">The lake.</param>
/// <param name="reference">The reference tables to clean with.</param>
/// <param name="options">Window limits and the horizon of duplicates.</param>
/// <param name="progress">Records, events, rows, duplicates, refused; outputs: windows; bytes: of Parquet.</param>
/// <param name="clock">Closes windows and paces the waiting.</param>
public sealed class SilverStage(
    IEventStream stream,
    ILake lake,
    ReferenceTables reference,
    SilverOptions options,
    StageProgress progress,
    TimeProvider clock) : IShardWork
{
    private readonly CodeTables _codes = new(reference);
    private readonly NewestArrival _arrivals = new();

    /// <summary>Lets this worker share the stream's shards with others; null, the default: all shards are its own.</summary>
    public ShardLeases? Leases { get; init; }

    /// <summary>Cleans until every shard is drained, or until cancelled; then every worker commits the window it has open.</summary>
    /// <exception cref="PipelineException">Another worker has a shard, and shards are not shared.</exception>
    public async Task RunAsync(Drain drain, CancellationToken cancellationToken)
    {
        var assignment = Leases?.Assign(stream, lake, ShardLeases.Silver, clock) ?? new AllShards(stream, clock);
        await assignment.RunAsync(this, drain, cancellationToken).ConfigureAwait(false);
        progress.Complete();
    }

    /// <inheritdoc/>
    /// <remarks>A child inherits its parents' ids.</remarks>
    bool IShardWork.ParentsFirst => true;

    /// <inheritdoc/>
    void IShardWork.Touch() => progress.Touch();

    /// <inheritdoc/>
    async Task<ShardEnd> IShardWork.RunAsync(Shard shard, ShardHold hold, Drain drain, CancellationToken stop)
    {
        using var worker = new ShardWorker(stream, shard, hold, lake, reference, _codes, options, progress, _arrivals, clock);
        return await worker.RunAsync(drain, stop).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    async Task<StreamPosition> IShardWork.FindPositionAsync(Shard shard, CancellationToken cancellationToken) =>
        ShardWorker.PositionAfter(await new WindowStore(lake).NewestAsync(stream.Name, shard.Id, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    void IShardWork.Leave(Shard shard) => progress.Leave(shard.Id);
}
