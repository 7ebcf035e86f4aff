namespace AirportOps.Streams;

/// <summary>Reads one shard from a place on, in order. For one caller at a time.</summary>
public interface IShardReader : IAsyncDisposable
{
    /// <summary>
    /// The next records that are there whole. Returns without waiting for any to come: empty when there is nothing new. The caller paces
    /// itself by <see cref="IEventStream.PollInterval"/> once <see cref="RecordBatch.Lag"/> is zero.
    /// </summary>
    /// <param name="maxRecords">The most records to give, from 1.</param>
    /// <param name="maxBytes">
    /// The most bytes of data to give, from 1. A record greater than this is given alone, so that a reader never stands still.
    /// </param>
    /// <param name="cancellationToken">Cancelled or failed, the read can be repeated: no record is passed over.</param>
    /// <returns>The batch, the caller's to dispose.</returns>
    /// <exception cref="StreamException">The shard can't be reached or is damaged.</exception>
    Task<RecordBatch> ReadAsync(int maxRecords, long maxBytes, CancellationToken cancellationToken);
}
