using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>
/// The SDK's configuration modes, the same for every service
/// (<see href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-smart-config-defaults.html">reference</see>).
/// </summary>
internal sealed class RuntimeDefaults : IDefaultConfigurationProvider
{
    private static readonly DefaultConfigurationProvider Provider = new(
    [
        Mode(DefaultConfigurationMode.Standard, TimeSpan.FromSeconds(3.1)),
        Mode(DefaultConfigurationMode.InRegion, TimeSpan.FromSeconds(1.1)),
        Mode(DefaultConfigurationMode.CrossRegion, TimeSpan.FromSeconds(3.1)),
        Mode(DefaultConfigurationMode.Mobile, TimeSpan.FromSeconds(30)),
    ]);

    /// <inheritdoc/>
    public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode) =>
        Provider.GetDefaultConfiguration(clientRegion, requestedConfigurationMode);

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, TimeSpan connectTimeout) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = connectTimeout,
        TlsNegotiationTimeout = connectTimeout,
    };
}
