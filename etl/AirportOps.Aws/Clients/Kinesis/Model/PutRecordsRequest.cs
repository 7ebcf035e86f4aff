namespace Amazon.Kinesis.Model;

/// <summary>Up to 500 records, together up to 5 MiB with their keys.</summary>
public sealed class PutRecordsRequest : AmazonKinesisRequest
{
    /// <summary>The records; each succeeds or fails by itself.</summary>
    public List<PutRecordsRequestEntry>? Records { get; set; }

    /// <summary>The stream's ARN, instead of its name.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The stream's name.</summary>
    public string? StreamName { get; set; }
}
