namespace Amazon.Kinesis.Model;

/// <summary>A record to write.</summary>
public sealed class PutRecordsRequestEntry
{
    /// <summary>Up to 1 MiB.</summary>
    public MemoryStream? Data { get; set; }

    /// <summary>Decides the shard instead of the key's hash.</summary>
    public string? ExplicitHashKey { get; set; }

    /// <summary>1 to 256 characters.</summary>
    public string? PartitionKey { get; set; }
}
