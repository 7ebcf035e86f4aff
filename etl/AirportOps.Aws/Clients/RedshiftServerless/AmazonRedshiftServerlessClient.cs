using AirportOps.Aws.Clients.Runtime;
using Amazon.RedshiftServerless.Model;
using Amazon.Runtime;

namespace Amazon.RedshiftServerless;

/// <inheritdoc cref="IAmazonRedshiftServerless"/>
/// <remarks>With the official package's names, so that it can take this one's place.</remarks>
public sealed class AmazonRedshiftServerlessClient : ThinServiceClient, IAmazonRedshiftServerless
{
    /// <summary>Makes a client with the SDK's credential chain.</summary>
    public AmazonRedshiftServerlessClient(AmazonRedshiftServerlessConfig config)
        : base(config)
    {
    }

    /// <summary>Makes a client with given credentials.</summary>
    public AmazonRedshiftServerlessClient(AWSCredentials credentials, AmazonRedshiftServerlessConfig config)
        : base(credentials, config)
    {
    }

    /// <inheritdoc/>
    public Task<GetCredentialsResponse> GetCredentialsAsync(GetCredentialsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(RedshiftServerlessOperations.GetCredentials, request, cancellationToken);

    /// <inheritdoc/>
    public Task<GetWorkgroupResponse> GetWorkgroupAsync(GetWorkgroupRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(RedshiftServerlessOperations.GetWorkgroup, request, cancellationToken);
}
