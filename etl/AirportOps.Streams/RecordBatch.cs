namespace AirportOps.Streams;

/// <summary>What one read of a shard gave.</summary>
/// <remarks>
/// The records' data lies in memory the batch owns: disposing the batch gives it back to the reader's backend for the next
/// read, and the data must not be touched afterwards. A batch that is never disposed costs an allocation, nothing else, so
/// who wants to keep records simply keeps the batch.
/// </remarks>
/// <param name="records">In the order of the shard.</param>
/// <param name="lag">How far the reader is behind the shard's tip, zero or more.</param>
/// <param name="endOfShard">Whether the shard is closed and read to its end.</param>
/// <param name="memory">What to dispose with the batch; null when its memory is left to the garbage collector.</param>
public sealed class RecordBatch(IReadOnlyList<StreamRecord> records, TimeSpan lag, bool endOfShard, IDisposable? memory) : IDisposable
{
    private IDisposable? _memory = memory;

    /// <summary>The records, in the order of the shard; may be empty although there are more, see <see cref="Lag"/>.</summary>
    public IReadOnlyList<StreamRecord> Records { get; } = records;

    /// <summary>
    /// How far the reader stands behind the shard's tip after this batch, in arrival time. Zero: caught up, there was nothing
    /// more when the batch was read. Greater than zero: there is more, even when the batch is empty (Kinesis does that).
    /// </summary>
    public TimeSpan Lag { get; } = lag;

    /// <summary>The shard is closed and was read to its end: nothing will ever follow. Its children may be read now.</summary>
    public bool EndOfShard { get; } = endOfShard;

    /// <summary>
    /// A hole in front of what the reader gives next; null for none. It comes once, in a batch without records, and only from a reader that was opened
    /// at a place that it resumes, <see cref="StreamPosition.Resume"/>.
    /// </summary>
    public RecordGap? Gap { get; init; }

    /// <summary>Gives the memory behind the records back; more than once is harmless.</summary>
    public void Dispose() => Interlocked.Exchange(ref _memory, null)?.Dispose();
}
