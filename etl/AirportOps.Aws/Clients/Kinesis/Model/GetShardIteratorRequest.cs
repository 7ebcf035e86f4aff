namespace Amazon.Kinesis.Model;

/// <summary>Asks for a place to read from.</summary>
public sealed class GetShardIteratorRequest : AmazonKinesisRequest
{
    /// <summary>The shard.</summary>
    public string? ShardId { get; set; }

    /// <summary>The kind of place.</summary>
    public ShardIteratorType? ShardIteratorType { get; set; }

    /// <summary>With the kinds that take a number.</summary>
    public string? StartingSequenceNumber { get; set; }

    /// <summary>The stream's ARN, instead of its name.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The stream's name.</summary>
    public string? StreamName { get; set; }

    /// <summary>With AT_TIMESTAMP, not in the future; milliseconds count.</summary>
    public DateTime? Timestamp { get; set; }
}
