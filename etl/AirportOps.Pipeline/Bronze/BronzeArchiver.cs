using AirportOps.Lake;
using AirportOps.Pipeline.Workers;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>
/// Archives a stream to the raw zone: every record byte for byte, in arrival order within its shard, an object an hour of arrival or
/// sooner. Where to go on is derived from the objects' names, so that a stop at any moment loses and doubles nothing.
/// </summary>
/// <remarks>
/// Two archivers of one stream do no harm: who finds the other ahead goes on behind it, and after three times in a row leaves. What they
/// wrote twice in between, <see cref="BronzeStream"/> gives once.
/// </remarks>
public sealed class BronzeArchiver
{
    private readonly ILake _lake;
    private readonly BronzeLimits _limits;
    private readonly TimeProvider _clock;

    /// <summary>Makes an archiver.</summary>
    /// <param name="lake">The lake that holds the raw zone.</param>
    /// <param name="limits">When an object is complete.</param>
    /// <param name="clock">Paces the waiting and gives objects their age; the hours are those of arrival.</param>
    /// <exception cref="ArgumentException">A limit is out of its range.</exception>
    public BronzeArchiver(ILake lake, BronzeLimits limits, TimeProvider clock)
    {
        limits.Validate();
        (_lake, _limits, _clock) = (lake, limits, clock);
    }

    /// <summary>Lets this worker share the stream's shards with others; null, the default: all shards are its own.</summary>
    public ShardLeases? Leases { get; init; }

    /// <summary>Go on behind records that the stream has dropped, and record the gap; false, the default: stop.</summary>
    public bool AcceptGap { get; init; }

    /// <summary>Archives until cancelled, or until everything is archived after a drain was requested; a task a shard.</summary>
    /// <param name="stream">The stream to archive.</param>
    /// <param name="drain">Requested once nothing more is written to the stream.</param>
    /// <param name="progress">Records: archived. Outputs, bytes: objects and their size.</param>
    /// <param name="cancellationToken">Cancelled, what was read is put, then the call ends as cancelled.</param>
    /// <exception cref="StreamException">The stream can't be read; started again, the archiver goes on where it was.</exception>
    /// <exception cref="LakeException">The lake can't be read or written; likewise.</exception>
    /// <exception cref="PipelineException">Another archiver does the work, and shards are not shared.</exception>
    public async Task RunAsync(IEventStream stream, Drain drain, StageProgress progress, CancellationToken cancellationToken)
    {
        var assignment = Leases?.Assign(stream, _lake, ShardLeases.Bronze, _clock) ?? new AllShards(stream, _clock);
        await assignment.RunAsync(new Work(this, stream, progress), drain, cancellationToken).ConfigureAwait(false);
        progress.Complete();
    }

    /// <summary>The archiving of one shard. Records keep their order within their shard; no shard waits for another.</summary>
    private sealed class Work(BronzeArchiver archiver, IEventStream stream, StageProgress progress) : IShardWork
    {
        public bool ParentsFirst => false;

        public void Touch() => progress.Touch();

        public Task<ShardEnd> RunAsync(Shard shard, ShardHold hold, Drain drain, CancellationToken stop) =>
            On(shard, hold, drain).RunAsync(stop);

        public Task<StreamPosition> FindPositionAsync(Shard shard, CancellationToken cancellationToken) =>
            On(shard, ShardHold.Alone(shard.Id, archiver._clock), new Drain()).FindPositionAsync(cancellationToken);

        public void Leave(Shard shard) => progress.Leave(shard.Id);

        private ShardArchiver On(Shard shard, ShardHold hold, Drain drain) =>
            new(stream, shard.Id, hold, archiver._lake, archiver._limits, archiver.AcceptGap, archiver._clock, drain, progress);
    }
}
