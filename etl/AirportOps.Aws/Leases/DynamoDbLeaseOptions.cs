namespace AirportOps.Aws.Leases;

/// <summary>How a lease table is used.</summary>
public sealed record DynamoDbLeaseOptions
{
    /// <summary>How long one call may take, its repetitions included, from 10 ms. Default 2 s: a renewal that takes longer comes too late.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a call may take that makes sure of the table before any work is begun. Default 30 s: no lease waits for it.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a table that is being created, or is away, is waited for before any work is begun. Default 2 minutes.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option.</exception>
    internal void Validate() => ArgumentOutOfRangeException.ThrowIfLessThan(CallTimeout, TimeSpan.FromMilliseconds(10), nameof(CallTimeout));
}
