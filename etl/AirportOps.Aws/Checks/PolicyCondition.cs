namespace AirportOps.Aws.Checks;

/// <summary>What a statement of an IAM policy is tied to: a key of the request that equals a value.</summary>
/// <param name="Key">For instance <c>kms:ViaService</c>.</param>
/// <param name="Value">The value, or a variable of policies.</param>
public sealed record PolicyCondition(string Key, string Value);
