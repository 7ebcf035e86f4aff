namespace Amazon.Kinesis.Model;

/// <summary>The numbers of a shard.</summary>
public sealed class SequenceNumberRange
{
    /// <summary>Null while the shard is open.</summary>
    public string? EndingSequenceNumber { get; set; }

    /// <summary>The first possible.</summary>
    public string? StartingSequenceNumber { get; set; }
}
