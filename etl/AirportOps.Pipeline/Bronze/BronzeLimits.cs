namespace AirportOps.Pipeline.Bronze;

/// <summary>When an object of the raw zone is complete: at whichever comes first, and always at the end of an hour of arrival.</summary>
/// <param name="Age">Time since its first record was read, from 1 ms. What is not in an object yet is read again after a stop.</param>
/// <param name="Records">Records in it, from 1.</param>
/// <param name="Bytes">
/// Bytes of their data, from 1; a greater record has an object to itself. The archiver holds an object compressed in memory, one a shard.
/// </param>
public sealed record BronzeLimits(TimeSpan Age, int Records, long Bytes)
{
    /// <summary>60 seconds, 200,000 records, 64 MiB: about 10 MiB of compressed events.</summary>
    public static BronzeLimits Default { get; } = new(TimeSpan.FromSeconds(60), 200_000, 64 << 20);

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">Lists all that is out of range.</exception>
    internal void Validate()
    {
        string?[] faults =
        [
            Age < TimeSpan.FromMilliseconds(1) ? $"{nameof(Age)} is {Age}, expected 1 ms or more" : null,
            Records < 1 ? $"{nameof(Records)} is {Records}, expected 1 or more" : null,
            Bytes < 1 ? $"{nameof(Bytes)} is {Bytes}, expected 1 or more" : null,
        ];
        if (faults.Any(fault => fault is not null))
        {
            throw new ArgumentException($"Limits of a Bronze object: {string.Join("; ", faults.Where(fault => fault is not null))}.");
        }
    }
}
