using AirportOps.Aws.Clients.Runtime;

namespace Amazon.SecretsManager;

/// <summary>Configuration of <see cref="AmazonSecretsManagerClient"/>.</summary>
public sealed class AmazonSecretsManagerConfig : ThinClientConfig
{
    private static readonly ServiceIdentity Identity = new("Secrets Manager", "secretsmanager", "2017-10-17", "secretsmanager");

    /// <summary>Makes a configuration with the runtime's defaults, the environment and the profile applied.</summary>
    public AmazonSecretsManagerConfig()
        : base(Identity)
    {
    }

    /// <summary>The service.</summary>
    internal static ServiceIdentity ServiceIdentity => Identity;
}
