namespace AirportOps.Pipeline.Workers;

/// <summary>How a worker takes part in sharing shards.</summary>
/// <param name="Worker">The worker's id, unique among all workers that ever ran; see <see cref="NewWorker"/>.</param>
public sealed record LeaseOptions(string Worker)
{
    /// <summary>
    /// For how long others leave a lease alone that is not renewed, 1 s to 1 h; all workers must have the same. Default 10 s. A worker that was
    /// killed is replaced after about this time.
    /// </summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two renewals and between two looks at the leases, from 10 ms, at most a third of the duration. Default 2 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The most shards of a stage this worker works on at once, from 1. Default: no limit.</summary>
    public int MaxShards { get; init; } = int.MaxValue;

    /// <summary>
    /// For how long after a renewal was sent the worker takes a lease for its own: nine tenths of the duration, so that clocks that run a little
    /// apart in speed don't make two workers sure of one lease.
    /// </summary>
    internal TimeSpan Validity => Duration * 0.9;

    /// <summary>An id for a process that starts: a name that people know it by and what makes it unique.</summary>
    /// <param name="name">For instance of the machine and the process.</param>
    public static string NewWorker(string name) => $"{name}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="ArgumentException">Names the option.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Worker);
        ArgumentOutOfRangeException.ThrowIfLessThan(Duration, TimeSpan.FromSeconds(1), nameof(Duration));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Duration, TimeSpan.FromHours(1), nameof(Duration));
        ArgumentOutOfRangeException.ThrowIfLessThan(Heartbeat, TimeSpan.FromMilliseconds(10), nameof(Heartbeat));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Heartbeat, Duration / 3, nameof(Heartbeat));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxShards, 1, nameof(MaxShards));
    }
}
