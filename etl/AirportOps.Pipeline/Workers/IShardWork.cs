using AirportOps.Streams;

namespace AirportOps.Pipeline.Workers;

/// <summary>What a stage does with one shard.</summary>
internal interface IShardWork
{
    /// <summary>Whether a shard may be begun only when its parents are worked off to their end.</summary>
    bool ParentsFirst { get; }

    /// <summary>Told at every look for shards, also when there are none for this worker: it lives.</summary>
    void Touch();

    /// <summary>Works on a shard, from where the stored results end.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="hold">Says whether the shard is still this worker's.</param>
    /// <param name="drain">Requested once nothing more comes.</param>
    /// <param name="stop">Cancelled, what was read is committed and the call returns, or ends as cancelled.</param>
    Task<ShardEnd> RunAsync(Shard shard, ShardHold hold, Drain drain, CancellationToken stop);

    /// <summary>Where the stored results end, whoever stored them.</summary>
    Task<StreamPosition> FindPositionAsync(Shard shard, CancellationToken cancellationToken);

    /// <summary>The shard is no longer this worker's: what it counted of its state must not stand for it any more.</summary>
    void Leave(Shard shard);
}
