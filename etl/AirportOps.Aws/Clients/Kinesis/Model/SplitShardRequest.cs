namespace Amazon.Kinesis.Model;

/// <summary>Closes a shard and opens two in its place.</summary>
public sealed class SplitShardRequest : AmazonKinesisRequest
{
    /// <summary>Where the second one starts.</summary>
    public string? NewStartingHashKey { get; set; }

    /// <summary>The shard.</summary>
    public string? ShardToSplit { get; set; }

    /// <summary>The stream's ARN, instead of its name.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The stream's name.</summary>
    public string? StreamName { get; set; }
}
