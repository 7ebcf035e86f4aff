using AirportOps.Aws.Clients.Runtime;

namespace Amazon.KinesisFirehose;

/// <summary>Configuration of <see cref="AmazonKinesisFirehoseClient"/>.</summary>
public sealed class AmazonKinesisFirehoseConfig : ThinClientConfig
{
    private static readonly ServiceIdentity Identity = new("Firehose", "firehose", "2015-08-04", "Firehose_20150804");

    /// <summary>Makes a configuration with the runtime's defaults, the environment and the profile applied.</summary>
    public AmazonKinesisFirehoseConfig()
        : base(Identity)
    {
    }

    /// <summary>The service.</summary>
    internal static ServiceIdentity ServiceIdentity => Identity;
}
