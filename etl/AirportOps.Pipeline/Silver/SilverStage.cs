using AirportOps.Cleaning.Codes;
using AirportOps.Lake;
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
    TimeProvider clock)
{
    private readonly CodeTables _codes = new(reference);

    /// <summary>Cleans until every shard is drained, or until cancelled; then every worker commits the window it has open.</summary>
    /// <exception cref="PipelineException">Another worker has a shard.</exception>
    public async Task RunAsync(Drain drain, CancellationToken cancellationToken)
    {
        // The first failure stops the other shards, which commit what they have read.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Dictionary<string, Task<bool>>(StringComparer.Ordinal);
        while (true)
        {
            if (!stop.IsCancellationRequested)
            {
                var shards = await stream.ListShardsAsync(cancellationToken).ConfigureAwait(false);
                foreach (var shard in shards.Where(shard => !running.ContainsKey(shard.Id) && ParentsAreDone(shard, shards, running)))
                {
                    running.Add(shard.Id, Task.Run(() => RunWorkerAsync(shard, drain, stop), CancellationToken.None));
                }
            }

            var working = running.Values.Where(worker => !worker.IsCompleted).ToArray();
            if (working.Length == 0)
            {
                break;
            }

            // One that ends may have children to start.
            await Task.WhenAny(working).ConfigureAwait(false);
        }

        await Task.WhenAll(running.Values).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        progress.Complete();
    }

    /// <summary>Whether each parent was read to its end by us, or was trimmed away, and so was read long ago.</summary>
    private static bool ParentsAreDone(Shard child, IReadOnlyList<Shard> shards, Dictionary<string, Task<bool>> running) =>
        child.ParentIds.All(parent => running.TryGetValue(parent, out var worker)
            ? worker.IsCompletedSuccessfully && worker.Result
            : shards.All(shard => shard.Id != parent));

    private async Task<bool> RunWorkerAsync(Shard shard, Drain drain, CancellationTokenSource stop)
    {
        try
        {
            using var worker = new ShardWorker(stream, shard, lake, reference, _codes, options, progress, clock);
            return await worker.RunAsync(drain, stop.Token).ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
