using AirportOps.Aws.Clients.Runtime;
using Amazon.Runtime;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <inheritdoc cref="IAmazonSecretsManager"/>
/// <remarks>With the official package's names, so that it can take this one's place.</remarks>
public sealed class AmazonSecretsManagerClient : ThinServiceClient, IAmazonSecretsManager
{
    /// <summary>Makes a client with the SDK's credential chain.</summary>
    public AmazonSecretsManagerClient(AmazonSecretsManagerConfig config)
        : base(config)
    {
    }

    /// <summary>Makes a client with given credentials.</summary>
    public AmazonSecretsManagerClient(AWSCredentials credentials, AmazonSecretsManagerConfig config)
        : base(credentials, config)
    {
    }

    /// <inheritdoc/>
    public Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(SecretsManagerOperations.GetSecretValue, request, cancellationToken);
}
