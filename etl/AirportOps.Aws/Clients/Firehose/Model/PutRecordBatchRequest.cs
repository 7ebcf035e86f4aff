namespace Amazon.KinesisFirehose.Model;

/// <summary>Up to 500 records, together up to 4 MiB.</summary>
public sealed class PutRecordBatchRequest : AmazonKinesisFirehoseRequest
{
    /// <summary>The delivery stream.</summary>
    public string? DeliveryStreamName { get; set; }

    /// <summary>The records; each succeeds or fails by itself.</summary>
    public List<Record>? Records { get; set; }
}
