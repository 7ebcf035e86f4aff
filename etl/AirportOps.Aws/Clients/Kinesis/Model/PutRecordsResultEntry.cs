namespace Amazon.Kinesis.Model;

/// <summary>What became of a record: a place in a shard, or an error.</summary>
public sealed class PutRecordsResultEntry
{
    /// <summary>Null when it was written.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>Null when it was written.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>Null when it failed.</summary>
    public string? SequenceNumber { get; set; }

    /// <summary>Null when it failed.</summary>
    public string? ShardId { get; set; }
}
