namespace Amazon.Kinesis.Model;

/// <summary>A record.</summary>
public sealed class Record
{
    /// <summary>UTC, milliseconds.</summary>
    public DateTime? ApproximateArrivalTimestamp { get; set; }

    /// <summary>Its bytes.</summary>
    public MemoryStream? Data { get; set; }

    /// <summary>How it is encrypted.</summary>
    public EncryptionType? EncryptionType { get; set; }

    /// <summary>Its key.</summary>
    public string? PartitionKey { get; set; }

    /// <summary>Its place in the shard.</summary>
    public string? SequenceNumber { get; set; }
}
