using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>Configuration of a client of ours: all of the runtime's, and where the service is found.</summary>
public abstract class ThinClientConfig : ClientConfig
{
    /// <summary>Makes a configuration with the runtime's defaults, the environment and the profile applied.</summary>
    protected ThinClientConfig(ServiceIdentity service)
        : base(new RuntimeDefaults())
    {
        Service = service;
        ServiceId = service.ServiceId;
        AuthenticationServiceName = service.EndpointPrefix;
        EndpointProvider = new RegionalEndpointProvider(service.EndpointPrefix);
    }

    /// <summary>The service.</summary>
    internal ServiceIdentity Service { get; }

    /// <inheritdoc/>
    public override string ServiceVersion => Service.ApiVersion;

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => Service.EndpointPrefix;

    /// <inheritdoc/>
    public override string UserAgent { get; } =
        string.Create(CultureInfo.InvariantCulture, $"aws-sdk-dotnet-thin/{typeof(ThinClientConfig).Assembly.GetName().Version}");

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpointProvider.Parameters(this, parameters?.AlternateEndpoint));
}
