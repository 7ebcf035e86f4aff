namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>How the Data API is used.</summary>
public sealed record DataApiOptions
{
    /// <summary>Where it is, for messages: the workgroup or cluster, and the database.</summary>
    public required string Location { get; init; }

    /// <summary>How a call without an answer, and a transaction in conflict, are repeated.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>The wait before a statement is first asked about, doubled after each answer; 100 ms.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two questions; 5 s.</summary>
    public TimeSpan MaxPoll { get; init; } = TimeSpan.FromSeconds(5);
}
