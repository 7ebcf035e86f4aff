using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>About a stream.</summary>
public sealed class DescribeStreamSummaryResponse : AmazonWebServiceResponse
{
    /// <summary>See there.</summary>
    public StreamDescriptionSummary? StreamDescriptionSummary { get; set; }
}
