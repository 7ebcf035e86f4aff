using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A place to read from.</summary>
public sealed class GetShardIteratorResponse : AmazonWebServiceResponse
{
    /// <summary>Good for five minutes.</summary>
    public string? ShardIterator { get; set; }
}
