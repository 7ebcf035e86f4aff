namespace AirportOps.Operations.Emf;

/// <summary>What is written in the embedded metric format, and how often.</summary>
public sealed record EmfOptions
{
    /// <summary>The meter that is listened to. Default <c>AirportOps</c>.</summary>
    public string MeterName { get; init; } = "AirportOps";

    /// <summary>CloudWatch's namespace, 1 to 255 characters. Default <c>AirportOps</c>.</summary>
    public string Namespace { get; init; } = "AirportOps";

    /// <summary>Time between two writes, from 1 s. Default one minute, which is CloudWatch's standard resolution.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the shard is a dimension, which makes a metric more for each shard. Default no.</summary>
    public bool ByShard { get; init; }
}
