namespace Amazon.Kinesis.Model;

/// <summary>A shard.</summary>
public sealed class Shard
{
    /// <summary>The second shard it was merged from.</summary>
    public string? AdjacentParentShardId { get; set; }

    /// <summary>The hashes of keys that belong to it.</summary>
    public HashKeyRange? HashKeyRange { get; set; }

    /// <summary>The shard it was split from, or the first it was merged from.</summary>
    public string? ParentShardId { get; set; }

    /// <summary>Its numbers.</summary>
    public SequenceNumberRange? SequenceNumberRange { get; set; }

    /// <summary>Unique in the stream.</summary>
    public string? ShardId { get; set; }
}
