using System.Diagnostics.CodeAnalysis;
using AirportOps.Lake;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>
/// A stream read back from the raw zone, so that whatever reads streams can work from the archive: every record once, byte for byte,
/// with the sequence number and arrival it had.
/// </summary>
/// <remarks>
/// All shards are closed and end where the archive does at that moment. Which shards came from which is not archived: they have no
/// parents here.
/// </remarks>
/// <param name="lake">The lake that holds the raw zone.</param>
/// <param name="name">The archived stream's name.</param>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "A stream of events is what it is.")]
public sealed class BronzeStream(ILake lake, string name) : IEventStream
{
    private readonly BronzeCatalog _catalog = new(lake);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TimeSpan PollInterval => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    /// <remarks>An archive keeps its records until somebody deletes them.</remarks>
    public Task<TimeSpan?> GetRetentionAsync(CancellationToken cancellationToken) => Task.FromResult<TimeSpan?>(null);

    /// <summary>The streams a raw zone has something of, in the order of their names.</summary>
    /// <exception cref="LakeException">The lake can't be read.</exception>
    public static Task<IReadOnlyList<string>> ListAsync(ILake lake, CancellationToken cancellationToken) =>
        new BronzeCatalog(lake).StreamsAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Shard>> ListShardsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var ids = await _catalog.ShardsAsync(name, cancellationToken).ConfigureAwait(false);
            return [.. ids.Select(id => new Shard(id, []))];
        }
        catch (LakeException exception)
        {
            throw new StreamException(exception.Message, exception.Fault, exception);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A shard of which nothing is archived is empty. A place by time is found without reading what comes before.</remarks>
    public Task<IShardReader> OpenReaderAsync(string shardId, StreamPosition position, CancellationToken cancellationToken) =>
        Task.FromResult<IShardReader>(new BronzeShardReader(lake, name, shardId, position));

    /// <summary>An archive is written by <see cref="BronzeArchiver"/> alone.</summary>
    /// <exception cref="StreamException">Always.</exception>
    public Task<IStreamWriter> OpenWriterAsync(CancellationToken cancellationToken) => Task.FromException<IStreamWriter>(
        new StreamException($"The archive of stream {name} in {lake.Location} can't be written to. Write to the stream.", Fault.Operator, null));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
