namespace Amazon.KinesisFirehose.Model;

/// <summary>What became of a record.</summary>
public sealed class PutRecordBatchResponseEntry
{
    /// <summary>Null when it was taken.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>Null when it was taken.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>Null when it failed.</summary>
    public string? RecordId { get; set; }
}
