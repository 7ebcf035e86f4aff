namespace Amazon.Kinesis.Model;

/// <summary>About a stream.</summary>
public sealed class StreamDescriptionSummary
{
    /// <summary>How records are encrypted.</summary>
    public EncryptionType? EncryptionType { get; set; }

    /// <summary>The key they are encrypted with.</summary>
    public string? KeyId { get; set; }

    /// <summary>Shards that take records.</summary>
    public int? OpenShardCount { get; set; }

    /// <summary>How long records are kept.</summary>
    public int? RetentionPeriodHours { get; set; }

    /// <summary>Its ARN.</summary>
    public string? StreamARN { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? StreamCreationTimestamp { get; set; }

    /// <summary>Its name.</summary>
    public string? StreamName { get; set; }

    /// <summary>Whether it can be used.</summary>
    public StreamStatus? StreamStatus { get; set; }
}
