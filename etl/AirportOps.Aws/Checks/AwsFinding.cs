namespace AirportOps.Aws.Checks;

/// <summary>What was found of one thing that is needed on AWS.</summary>
/// <param name="What">What was looked at: an action and its resource, or a place.</param>
/// <param name="IsFine">Whether it is as it should be.</param>
/// <param name="Found">What is there, or what is wrong, in one line.</param>
/// <param name="NeededBy">The verbs that need it; null for all.</param>
public sealed record AwsFinding(string What, bool IsFine, string Found, string? NeededBy)
{
    /// <summary>The statement that is missing from the policy of the credentials in use; null where nothing is, or something else is wrong.</summary>
    public PolicyStatement? Missing { get; init; }
}
