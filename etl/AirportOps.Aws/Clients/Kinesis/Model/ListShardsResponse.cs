using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Shards, open and closed.</summary>
public sealed class ListShardsResponse : AmazonWebServiceResponse
{
    /// <summary>Null when the list is complete.</summary>
    public string? NextToken { get; set; }

    /// <summary>The shards.</summary>
    public List<Shard>? Shards { get; set; }
}
