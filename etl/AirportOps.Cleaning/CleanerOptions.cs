namespace AirportOps.Cleaning;

/// <summary>Limits of the cleaner. The defaults are the published rules; others give other rows from the same bytes.</summary>
public sealed record CleanerOptions
{
    /// <summary>The longest record taken, in bytes; a longer one is refused as <c>too_large</c>. At least 1; 1 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 1 << 20;

    /// <summary>How far event_time may lie after arrival before it is refused as <c>time_out_of_range</c>. Not negative; 24 hours.</summary>
    public TimeSpan MaxEventLead { get; init; } = TimeSpan.FromHours(24);
}
