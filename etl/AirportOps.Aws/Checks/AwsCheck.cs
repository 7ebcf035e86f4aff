namespace AirportOps.Aws.Checks;

/// <summary>One permission that a stage needs, and a call that shows whether it is there and changes nothing that matters.</summary>
/// <param name="Action">As policies name it, for instance <c>kinesis:GetRecords</c>.</param>
/// <param name="Resource">The ARN that the statement has to allow it on.</param>
/// <param name="NeededBy">The verbs that make the call, for instance <c>bronze, silver</c>.</param>
/// <param name="Call">Makes it; ends in any way but with trouble when it is allowed.</param>
internal sealed record AwsCheck(string Action, string Resource, string NeededBy, Func<CancellationToken, Task> Call)
{
    /// <summary>Runs only after these actions were allowed: what they find is what it asks for.</summary>
    public string? After { get; init; }
}
