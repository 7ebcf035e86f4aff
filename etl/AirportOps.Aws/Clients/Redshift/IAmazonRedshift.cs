using Amazon.Redshift.Model;

namespace Amazon.Redshift;

/// <summary>
/// Amazon Redshift's provisioned clusters, as far as it is used here
/// (<see href="https://docs.aws.amazon.com/redshift/latest/APIReference/">reference</see>).
/// </summary>
public interface IAmazonRedshift : IDisposable
{
    /// <summary>Gives a database user a password for a while.</summary>
    Task<GetClusterCredentialsResponse> GetClusterCredentialsAsync(GetClusterCredentialsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gives the caller's own identity a name and a password for a while.</summary>
    Task<GetClusterCredentialsWithIAMResponse> GetClusterCredentialsWithIAMAsync(GetClusterCredentialsWithIAMRequest request, CancellationToken cancellationToken = default);
}
