using AirportOps.Operations.Alerts;

namespace AirportOps.Cli.Settings;

/// <summary>When alerts are raised and where they go.</summary>
/// <param name="TopicArn">The topic of SNS; null, the default, for the log alone.</param>
/// <param name="Options">When, and how often.</param>
internal sealed record AlertSettings(string? TopicArn, AlertOptions Options);
