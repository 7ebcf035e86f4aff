namespace Amazon.Kinesis.Model;

/// <summary>Closes two adjacent shards and opens one in their place.</summary>
public sealed class MergeShardsRequest : AmazonKinesisRequest
{
    /// <summary>The one.</summary>
    public string? AdjacentShardToMerge { get; set; }

    /// <summary>The other.</summary>
    public string? ShardToMerge { get; set; }

    /// <summary>The stream's ARN, instead of its name.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The stream's name.</summary>
    public string? StreamName { get; set; }
}
