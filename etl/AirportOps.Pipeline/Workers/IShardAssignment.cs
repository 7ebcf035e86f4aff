namespace AirportOps.Pipeline.Workers;

/// <summary>Decides which shards this worker works on, and when.</summary>
internal interface IShardAssignment
{
    /// <summary>Has shards worked on until everything is done after a drain was requested, or until cancelled.</summary>
    /// <param name="work">What is done with a shard.</param>
    /// <param name="drain">Requested once nothing more comes.</param>
    /// <param name="cancellationToken">Stops every shard's work, which commits what it has, then the call ends as cancelled.</param>
    /// <exception cref="Exception">What the first shard's work to fail threw; the others were stopped.</exception>
    Task RunAsync(IShardWork work, Drain drain, CancellationToken cancellationToken);
}
