using AirportOps.Lake;
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
    /// <summary>How often to look for new shards. Those of a split or a merge are found at once, when their parents end.</summary>
    private static readonly TimeSpan ShardListInterval = TimeSpan.FromSeconds(30);

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

    /// <summary>Archives until cancelled, or until everything is archived after a drain was requested; a task a shard.</summary>
    /// <param name="stream">The stream to archive.</param>
    /// <param name="drain">Requested once nothing more is written to the stream.</param>
    /// <param name="progress">Records: archived. Outputs, bytes: objects and their size.</param>
    /// <param name="cancellationToken">Cancelled, what was read is put, then the call ends as cancelled.</param>
    /// <exception cref="StreamException">The stream can't be read; started again, the archiver goes on where it was.</exception>
    /// <exception cref="LakeException">The lake can't be read or written; likewise.</exception>
    /// <exception cref="PipelineException">Another archiver does the work.</exception>
    public async Task RunAsync(IEventStream stream, Drain drain, StageProgress progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = new HashSet<string>(StringComparer.Ordinal);
        var running = new List<Task>();
        try
        {
            while (true)
            {
                // Those that end from here on are still waited for below, so that their children are looked for.
                running.RemoveAll(shard => shard.IsCompletedSuccessfully);
                var isLastRound = drain.IsRequested;
                foreach (var shard in await stream.ListShardsAsync(stop.Token).ConfigureAwait(false))
                {
                    if (started.Add(shard.Id)) running.Add(Start(shard.Id));
                }

                if (isLastRound) break;
                await WaitForChangeAsync(running, drain, stop.Token).ConfigureAwait(false);
            }

            while (running.Count > 0)
            {
                var ended = await Task.WhenAny(running).ConfigureAwait(false);
                await ended.ConfigureAwait(false);
                running.Remove(ended);
            }

            progress.Complete();
        }
        finally
        {
            // A failure stops the other shards, which first put what they have read.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task Start(string shard) => Task.Run(
            () => new ShardArchiver(stream, shard, _lake, _limits, _clock, drain, progress).RunAsync(stop.Token), CancellationToken.None);
    }

    /// <summary>Waits until a shard ends, fails or it is time to look for new ones.</summary>
    private async Task WaitForChangeAsync(List<Task> shards, Drain drain, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var interval = drain.WaitAsync(ShardListInterval, _clock, enough.Token);
        var changed = await Task.WhenAny([interval, .. shards]).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        await changed.ConfigureAwait(false);
        await interval.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
