namespace Amazon.Kinesis.Model;

/// <summary>Creates a stream, which takes a while to become active.</summary>
public sealed class CreateStreamRequest : AmazonKinesisRequest
{
    /// <summary>Shards to start with.</summary>
    public int? ShardCount { get; set; }

    /// <summary>The stream's name.</summary>
    public string? StreamName { get; set; }
}
