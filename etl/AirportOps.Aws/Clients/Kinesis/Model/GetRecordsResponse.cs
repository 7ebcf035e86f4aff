using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Records of a shard, at most 10 MB.</summary>
public sealed class GetRecordsResponse : AmazonWebServiceResponse
{
    /// <summary>How far behind the shard's tip, in milliseconds.</summary>
    public long? MillisBehindLatest { get; set; }

    /// <summary>Where to go on; null at the end of a closed shard.</summary>
    public string? NextShardIterator { get; set; }

    /// <summary>In the order of the shard.</summary>
    public List<Record>? Records { get; set; }
}
