namespace AirportOps.Cleaning;

/// <summary>Where and when a record arrived. The spans are read during one call and not kept.</summary>
/// <param name="shard">The shard's id, or the file's name, in UTF-8.</param>
/// <param name="sequence">The record's sequence number in the shard in decimal digits, or its number in the file from 1, in UTF-8.</param>
/// <param name="arrivedMicros">Arrival, microseconds since 1970-01-01 UTC.</param>
public readonly ref struct RecordOrigin(ReadOnlySpan<byte> shard, ReadOnlySpan<byte> sequence, long arrivedMicros)
{
    /// <summary>The shard's id, or the file's name, in UTF-8.</summary>
    public ReadOnlySpan<byte> Shard { get; } = shard;

    /// <summary>The record's sequence number in decimal digits, or its number in the file from 1.</summary>
    public ReadOnlySpan<byte> Sequence { get; } = sequence;

    /// <summary>Arrival, microseconds since 1970-01-01 UTC.</summary>
    public long ArrivedMicros { get; } = arrivedMicros;
}
