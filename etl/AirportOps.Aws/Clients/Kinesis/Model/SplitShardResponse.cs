using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream is being changed.</summary>
public sealed class SplitShardResponse : AmazonWebServiceResponse;
