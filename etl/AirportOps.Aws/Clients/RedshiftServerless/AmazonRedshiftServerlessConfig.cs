using AirportOps.Aws.Clients.Runtime;

namespace Amazon.RedshiftServerless;

/// <summary>Configuration of <see cref="AmazonRedshiftServerlessClient"/>.</summary>
public sealed class AmazonRedshiftServerlessConfig : ThinClientConfig
{
    private static readonly ServiceIdentity Identity = new("Redshift Serverless", "redshift-serverless", "2021-04-21", "RedshiftServerless");

    /// <summary>Makes a configuration with the runtime's defaults, the environment and the profile applied.</summary>
    public AmazonRedshiftServerlessConfig()
        : base(Identity)
    {
    }

    /// <summary>The service.</summary>
    internal static ServiceIdentity ServiceIdentity => Identity;
}
