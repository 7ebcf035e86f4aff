namespace AirportOps.Operations.Alerts;

/// <summary>When an alert is raised, and how often it is sent.</summary>
public sealed record AlertOptions
{
    /// <summary>The meter that is listened to. Default <c>AirportOps</c>.</summary>
    public string MeterName { get; init; } = "AirportOps";

    /// <summary>At most one alert for each kind and place in this time, and one when it recovers. Default one hour.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How old an open window may be; zero for no such alerts. Default five minutes.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The share of refused events from which on it is too many, 0 to 1; 0 for no such alerts. Default 0.05.</summary>
    public double QuarantineShare { get; init; } = 0.05;

    /// <summary>The time over which that share is taken. Default 15 minutes.</summary>
    public TimeSpan QuarantineOver { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The fewest events in that time of which a share is taken. Default 1,000.</summary>
    public long QuarantineEvents { get; init; } = 1_000;

    /// <summary>How far a stage may stand behind; zero for no such alerts. Default 30 minutes.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often it is looked. Default ten seconds.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a process waits at its end for alerts that are not delivered yet. Default ten seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
