namespace Amazon.Kinesis.Model;

/// <summary>Asks for the shards of a stream.</summary>
public sealed class ListShardsRequest : AmazonKinesisRequest
{
    /// <summary>Only shards after this one.</summary>
    public string? ExclusiveStartShardId { get; set; }

    /// <summary>The most to give at once, up to 10,000.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Goes on where a list stopped; then the stream may not be named.</summary>
    public string? NextToken { get; set; }

    /// <summary>The stream's ARN, instead of its name.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The stream's name.</summary>
    public string? StreamName { get; set; }
}
