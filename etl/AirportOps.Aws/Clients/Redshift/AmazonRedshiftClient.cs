using AirportOps.Aws.Clients.Runtime;
using Amazon.Redshift.Model;
using Amazon.Runtime;

namespace Amazon.Redshift;

/// <inheritdoc cref="IAmazonRedshift"/>
/// <remarks>With the official package's names, so that it can take this one's place.</remarks>
public sealed class AmazonRedshiftClient : ThinServiceClient, IAmazonRedshift
{
    /// <summary>Makes a client with the SDK's credential chain.</summary>
    public AmazonRedshiftClient(AmazonRedshiftConfig config)
        : base(config)
    {
    }

    /// <summary>Makes a client with given credentials.</summary>
    public AmazonRedshiftClient(AWSCredentials credentials, AmazonRedshiftConfig config)
        : base(credentials, config)
    {
    }

    /// <inheritdoc/>
    public Task<GetClusterCredentialsResponse> GetClusterCredentialsAsync(GetClusterCredentialsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(RedshiftOperations.GetClusterCredentials, request, cancellationToken);

    /// <inheritdoc/>
    public Task<GetClusterCredentialsWithIAMResponse> GetClusterCredentialsWithIAMAsync(GetClusterCredentialsWithIAMRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(RedshiftOperations.GetClusterCredentialsWithIAM, request, cancellationToken);
}
