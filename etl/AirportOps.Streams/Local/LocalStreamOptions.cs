namespace AirportOps.Streams;

/// <summary>How a stream on disk is laid out and kept.</summary>
public sealed record LocalStreamOptions
{
    /// <summary>Shards of a stream that has to be created, 1 to 1,000. Ignored for one that is there: its number never changes.</summary>
    public int ShardCount { get; init; } = 4;

    /// <summary>
    /// Size at which a shard goes on in a new file, 1 byte to 1 GiB; a file may be larger by one write. Opening a place in a shard
    /// reads at most one file; trimming drops whole ones.
    /// </summary>
    public long SegmentBytes { get; init; } = 64 << 20;

    /// <summary>Largest data of a record taken, 1 byte to 64 MiB. Kinesis takes 1 MiB; more lets oversized records be tried out.</summary>
    public int MaxRecordBytes { get; init; } = 8 << 20;

    /// <summary>
    /// How long records are kept at least, null for ever. The writer trims when it starts a new file, which it then does at this age too: a
    /// record goes after about twice the time, provided something is written.
    /// </summary>
    public TimeSpan? RetentionAge { get; init; }

    /// <summary>Bytes of finished files a shard keeps at most, null without limit; also of records that no reader has seen.</summary>
    public long? RetentionBytes { get; init; }

    /// <summary>See <see cref="IEventStream.PollInterval"/>.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">Lists all that is out of range.</exception>
    internal void Validate()
    {
        var faults = new List<string>();
        Check(ShardCount is >= 1 and <= 1000, $"{nameof(ShardCount)} is {ShardCount}, expected 1 to 1000");
        Check(SegmentBytes is >= 1 and <= 1 << 30, $"{nameof(SegmentBytes)} is {SegmentBytes}, expected 1 to {1 << 30}");
        Check(MaxRecordBytes is >= 1 and <= 64 << 20, $"{nameof(MaxRecordBytes)} is {MaxRecordBytes}, expected 1 to {64 << 20}");
        Check(RetentionAge is not { } age || age > TimeSpan.Zero, $"{nameof(RetentionAge)} is {RetentionAge}, expected more than zero");
        Check(RetentionBytes is not < 0, $"{nameof(RetentionBytes)} is {RetentionBytes}, expected 0 or more");
        Check(PollInterval > TimeSpan.Zero, $"{nameof(PollInterval)} is {PollInterval}, expected more than zero");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"Options of a local stream: {string.Join("; ", faults)}.");
        }

        void Check(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
