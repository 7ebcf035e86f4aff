using AirportOps.Cleaning.Profiles;

namespace AirportOps.Cleaning;

/// <summary>Limits of the cleaner. The defaults are the published rules; others give other rows from the same bytes.</summary>
public sealed record CleanerOptions
{
    /// <summary>The longest record taken, in bytes; a longer one is refused as <c>too_large</c>. At least 1; 1 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 1 << 20;

    /// <summary>What sources mean by their keys and values; the profiles that ship.</summary>
    public SourceProfiles Profiles { get; init; } = SourceProfiles.Default;

    /// <summary>What decides rows besides the reference tables: the version of the rules, and of profiles of one's own.</summary>
    public string Rules => Profiles.Version.Length == 0 ? CleaningRules.Version : $"{CleaningRules.Version} {Profiles.Version}";

    /// <summary>How far event_time may lie after arrival before it is refused as <c>time_out_of_range</c>. Not negative; 24 hours.</summary>
    public TimeSpan MaxEventLead { get; init; } = TimeSpan.FromHours(24);
}
