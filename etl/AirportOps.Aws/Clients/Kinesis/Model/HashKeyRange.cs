namespace Amazon.Kinesis.Model;

/// <summary>A range of 128-bit hashes, as decimal numbers, both ends included.</summary>
public sealed class HashKeyRange
{
    /// <summary>The greatest.</summary>
    public string? EndingHashKey { get; set; }

    /// <summary>The least.</summary>
    public string? StartingHashKey { get; set; }
}
