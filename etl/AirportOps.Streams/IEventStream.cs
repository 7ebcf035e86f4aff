using System.Diagnostics.CodeAnalysis;

namespace AirportOps.Streams;

/// <summary>A durable, sharded, append-only log of records. Safe for concurrent use.</summary>
/// <remarks>
/// Delivery is at least once: a write that failed, and was tried again, may be there twice. Outside trouble is a
/// <see cref="StreamException"/> from every member. Readers and writers are the caller's to dispose, before the stream.
/// </remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "A stream of events is what it is.")]
public interface IEventStream : IAsyncDisposable
{
    /// <summary>The stream's name, fit for a file name and an object key.</summary>
    string Name { get; }

    /// <summary>How long a reader that has caught up should wait before it reads again.</summary>
    TimeSpan PollInterval { get; }

    /// <summary>How long records are kept; null: without end, or not limited by time. Looked up when it is asked for.</summary>
    Task<TimeSpan?> GetRetentionAsync(CancellationToken cancellationToken);

    /// <summary>Every shard that still holds or may get records, open or closed, parents before children.</summary>
    Task<IReadOnlyList<Shard>> ListShardsAsync(CancellationToken cancellationToken);

    /// <summary>Opens a reader of its own on a shard; readers don't know of each other.</summary>
    /// <exception cref="StreamException">The stream has no such shard, or can't be reached.</exception>
    Task<IShardReader> OpenReaderAsync(string shardId, StreamPosition position, CancellationToken cancellationToken);

    /// <summary>Opens a writer.</summary>
    /// <exception cref="StreamException">Another writer holds the stream (<c>local:</c>, at once), or it can't be reached.</exception>
    Task<IStreamWriter> OpenWriterAsync(CancellationToken cancellationToken);
}
