namespace AirportOps.Aws.Checks;

/// <summary>One permission that a stage needs, and a call that shows whether it is there and changes nothing that matters.</summary>
/// <param name="Action">As policies name it, for instance <c>kinesis:GetRecords</c>.</param>
/// <param name="Resource">The ARN that the statement has to allow it on.</param>
/// <param name="NeededBy">The verbs that make the call, for instance <c>bronze, silver</c>.</param>
/// <param name="Call">Makes it; ends in any way but with trouble when it is allowed.</param>
internal sealed record AwsCheck(string Action, string Resource, string NeededBy, Func<CancellationToken, Task> Call)
{
    /// <summary>Runs only after this action worked: what it finds is what is asked for.</summary>
    public string? After { get; init; }

    /// <summary>What it is looked at on, where that is not the place itself.</summary>
    public string? On { get; init; }

    /// <summary>What the statement should be tied to; null for nothing.</summary>
    public PolicyCondition? Condition { get; init; }

    /// <summary>Whether the ARN is known only in part, so that the service's own words count where it says more.</summary>
    public bool IsNamedByService { get; init; }

    /// <summary>What is missing when the service refuses a key without naming it.</summary>
    public PolicyStatement? OfKey { get; init; }

    /// <summary>The statement that allows it.</summary>
    /// <param name="named">The ARN that the service named; null for none.</param>
    public PolicyStatement Statement(string? named) => new(Action, IsNamedByService ? named ?? Resource : Resource) { Condition = Condition };
}
