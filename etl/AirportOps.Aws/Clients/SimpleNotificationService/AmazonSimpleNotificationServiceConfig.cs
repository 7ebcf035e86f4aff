using AirportOps.Aws.Clients.Runtime;

namespace Amazon.SimpleNotificationService;

/// <summary>Configuration of <see cref="AmazonSimpleNotificationServiceClient"/>.</summary>
public sealed class AmazonSimpleNotificationServiceConfig : ThinClientConfig
{
    private static readonly ServiceIdentity Identity = new("SNS", "sns", "2010-03-31", "");

    /// <summary>Makes a configuration with the runtime's defaults, the environment and the profile applied.</summary>
    public AmazonSimpleNotificationServiceConfig()
        : base(Identity)
    {
    }

    /// <summary>The service.</summary>
    internal static ServiceIdentity ServiceIdentity => Identity;
}
