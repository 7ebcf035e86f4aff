namespace AirportOps.Aws.Leases;

/// <summary>How a lease table is used.</summary>
public sealed record DynamoDbLeaseOptions
{
    /// <summary>How long one call may take, its repetitions included, from 10 ms. Default 2 s: a renewal that takes longer comes too late.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a table that is being created is waited for. Default 1 minute.</summary>
    public TimeSpan CreationPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option.</exception>
    internal void Validate() => ArgumentOutOfRangeException.ThrowIfLessThan(CallTimeout, TimeSpan.FromMilliseconds(10), nameof(CallTimeout));
}
