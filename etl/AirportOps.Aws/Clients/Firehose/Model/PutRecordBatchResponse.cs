using Amazon.Runtime;

namespace Amazon.KinesisFirehose.Model;

/// <summary>What became of each record.</summary>
public sealed class PutRecordBatchResponse : AmazonWebServiceResponse
{
    /// <summary>Whether they are encrypted.</summary>
    public bool? Encrypted { get; set; }

    /// <summary>How many failed.</summary>
    public int? FailedPutCount { get; set; }

    /// <summary>One a record, in their order.</summary>
    public List<PutRecordBatchResponseEntry>? RequestResponses { get; set; }
}
