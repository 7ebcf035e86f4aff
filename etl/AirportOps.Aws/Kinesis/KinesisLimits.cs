namespace AirportOps.Aws.Kinesis;

/// <summary>
/// What the service takes
/// (<see href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">PutRecords</see>,
/// <see href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html">GetRecords</see>).
/// </summary>
internal static class KinesisLimits
{
    /// <summary>Records of a write request.</summary>
    public const int RequestRecords = 500;

    /// <summary>Bytes of a write request: data before Base64, and keys in UTF-8.</summary>
    public const int RequestBytes = 5 << 20;

    /// <summary>Bytes of a record's data.</summary>
    public const int RecordBytes = 1 << 20;

    /// <summary>Characters of a partition key.</summary>
    public const int KeyCharacters = 256;

    /// <summary>Records of a read.</summary>
    public const int ReadRecords = 10_000;

    /// <summary>Bytes a second that one reader takes while it is behind: three quarters of what a shard gives to all its readers.</summary>
    public const int ReadBytesPerSecond = 1_500_000;
}
