namespace Amazon.KinesisFirehose.Model;

/// <summary>A record.</summary>
public sealed class Record
{
    /// <summary>Up to 1,000 KiB; nothing is put between records, so it ends its own line.</summary>
    public MemoryStream? Data { get; set; }
}
