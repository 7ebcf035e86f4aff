using AirportOps.Aws.Clients.Runtime;

namespace Amazon.RedshiftDataAPIService;

/// <summary>Configuration of <see cref="AmazonRedshiftDataAPIServiceClient"/>.</summary>
public sealed class AmazonRedshiftDataAPIServiceConfig : ThinClientConfig
{
    private static readonly ServiceIdentity Identity = new("Redshift Data", "redshift-data", "2019-12-20", "RedshiftData");

    /// <summary>Makes a configuration with the runtime's defaults, the environment and the profile applied.</summary>
    public AmazonRedshiftDataAPIServiceConfig()
        : base(Identity)
    {
    }

    /// <summary>The service.</summary>
    internal static ServiceIdentity ServiceIdentity => Identity;
}
