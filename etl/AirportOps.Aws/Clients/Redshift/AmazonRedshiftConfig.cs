using AirportOps.Aws.Clients.Runtime;

namespace Amazon.Redshift;

/// <summary>Configuration of <see cref="AmazonRedshiftClient"/>.</summary>
public sealed class AmazonRedshiftConfig : ThinClientConfig
{
    private static readonly ServiceIdentity Identity = new("Redshift", "redshift", "2012-12-01", "");

    /// <summary>Makes a configuration with the runtime's defaults, the environment and the profile applied.</summary>
    public AmazonRedshiftConfig()
        : base(Identity)
    {
    }

    /// <summary>The service.</summary>
    internal static ServiceIdentity ServiceIdentity => Identity;
}
