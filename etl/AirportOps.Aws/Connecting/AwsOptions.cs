using Amazon.Runtime;

namespace AirportOps.Aws.Connecting;

/// <summary>How AWS is reached; what is not said here comes from the standard <c>AWS_*</c> variables and profiles.</summary>
public sealed record AwsOptions
{
    /// <summary>
    /// Endpoints instead of AWS's own, as <see cref="AwsEndpoints.Parse"/> reads them. Default null; then the variables
    /// <c>AWS_ENDPOINT_URL</c> and <c>AWS_ENDPOINT_URL_SERVICE</c> count.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>Credentials instead of those the SDK finds. Default null.</summary>
    public AWSCredentials? Credentials { get; init; }

    /// <summary>Attempts at a call before its failure is told, from 1. Default null: the SDK's, which is 3.</summary>
    public int? MaxAttempts { get; init; }
}
