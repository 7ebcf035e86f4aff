using AirportOps.Aws.Clients.Runtime;

namespace Amazon.Kinesis;

/// <summary>Configuration of <see cref="AmazonKinesisClient"/>.</summary>
public sealed class AmazonKinesisConfig : ThinClientConfig
{
    private static readonly ServiceIdentity Identity = new("Kinesis", "kinesis", "2013-12-02", "Kinesis_20131202");

    /// <summary>Makes a configuration with the runtime's defaults, the environment and the profile applied.</summary>
    public AmazonKinesisConfig()
        : base(Identity)
    {
    }

    /// <summary>The service.</summary>
    internal static ServiceIdentity ServiceIdentity => Identity;
}
