namespace Amazon.Kinesis.Model;

/// <summary>Reads a shard.</summary>
public sealed class GetRecordsRequest : AmazonKinesisRequest
{
    /// <summary>The most records, up to 10,000.</summary>
    public int? Limit { get; set; }

    /// <summary>Where.</summary>
    public string? ShardIterator { get; set; }

    /// <summary>The stream's ARN, instead of its name.</summary>
    public string? StreamARN { get; set; }
}
