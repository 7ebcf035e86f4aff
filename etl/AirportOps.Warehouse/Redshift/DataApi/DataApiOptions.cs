using AirportOps.Reliability;

namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>How the Data API is used.</summary>
public sealed record DataApiOptions
{
    /// <summary>Where it is, for messages: the workgroup or cluster, and the database.</summary>
    public required string Location { get; init; }

    /// <summary>How a transaction in conflict is repeated. Calls are repeated by the client.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>The wait before a statement is first asked about, doubled after each answer; 50 ms.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait between two questions; 5 s.</summary>
    public TimeSpan MaxPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a session, and the locks of a transaction that was not ended in it, outlive a process that was killed; 2 min. Longer than the longest
    /// wait between two of its statements.
    /// </summary>
    public TimeSpan SessionKeepAlive { get; init; } = TimeSpan.FromMinutes(2);
}
