using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace AirportOps.Aws.Checks;

/// <summary>Whose credentials are in use, and where.</summary>
/// <param name="Arn">The user or role.</param>
/// <param name="Account">The account, 12 digits.</param>
/// <param name="Region">The region that is signed for.</param>
internal sealed record AwsIdentity(string Arn, string Account, string Region)
{
    /// <summary>The partition, for instance <c>aws</c> or <c>aws-cn</c>.</summary>
    public string Partition => Arn.Split(':') is [_, { Length: > 0 } partition, ..] ? partition : "aws";

    /// <summary>Asks; anybody with credentials may.</summary>
    public static async Task<AwsIdentity> AskAsync(IAmazonSecurityTokenService client, CancellationToken cancellationToken)
    {
        var answer = await client.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken).ConfigureAwait(false);
        var config = client.Config;
        var region = config.AuthenticationRegion is { Length: > 0 } signed ? signed : config.RegionEndpoint?.SystemName ?? "*";
        return new AwsIdentity(answer.Arn, answer.Account, region);
    }

    /// <summary>An ARN of a resource in this account and region.</summary>
    public string ArnOf(string service, string resource) => $"arn:{Partition}:{service}:{Region}:{Account}:{resource}";
}
