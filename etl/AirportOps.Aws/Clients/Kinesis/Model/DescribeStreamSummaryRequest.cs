namespace Amazon.Kinesis.Model;

/// <summary>Asks about a stream.</summary>
public sealed class DescribeStreamSummaryRequest : AmazonKinesisRequest
{
    /// <summary>The stream's ARN, instead of its name.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The stream's name.</summary>
    public string? StreamName { get; set; }
}
