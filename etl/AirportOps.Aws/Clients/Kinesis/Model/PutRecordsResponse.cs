using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>What became of each record.</summary>
public sealed class PutRecordsResponse : AmazonWebServiceResponse
{
    /// <summary>How the records are encrypted.</summary>
    public EncryptionType? EncryptionType { get; set; }

    /// <summary>How many failed.</summary>
    public int? FailedRecordCount { get; set; }

    /// <summary>One an entry of the request, in its order.</summary>
    public List<PutRecordsResultEntry>? Records { get; set; }
}
