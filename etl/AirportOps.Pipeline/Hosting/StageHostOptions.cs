using AirportOps.Reliability;

namespace AirportOps.Pipeline.Hosting;

/// <summary>How a host goes on when a stage fails.</summary>
public sealed record StageHostOptions
{
    /// <summary>A service: an outage is waited out without end.</summary>
    public static readonly StageHostOptions Service = new();

    /// <summary>
    /// How a stage is tried again. Default: outages without end, what may be our own fault five times in all; waits from half a second to 15 s.
    /// </summary>
    public RetryOptions Retry { get; init; } = new()
    {
        Patience = Timeout.InfiniteTimeSpan,
        FirstDelay = TimeSpan.FromMilliseconds(500),
        MaxDelay = TimeSpan.FromSeconds(15),
    };

    /// <summary>A stage that has run so long since its last failure works, even if it found nothing to commit. Default 1 minute.</summary>
    public TimeSpan Standing { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether stages that a failed one feeds end too, as what they wait for will not come. Default false: a service's go on, for what others feed them.
    /// </summary>
    public bool EndsFedStages { get; init; }

    /// <summary>Whether the first stage that fails ends all others. Default false.</summary>
    public bool EndsAll { get; init; }

    /// <summary>Work with an end: outages are waited out for so long only, and what a failed stage feeds ends too.</summary>
    public static StageHostOptions Once(TimeSpan patience) => new()
    {
        Retry = Service.Retry with { Patience = patience },
        EndsFedStages = true,
    };
}
