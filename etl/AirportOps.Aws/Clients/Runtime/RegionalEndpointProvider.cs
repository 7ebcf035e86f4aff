using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>
/// Where a regional service is found: the configured URL, else <c>https://PREFIX[-fips].REGION.SUFFIX</c>. That is the whole of the published
/// rules of the services here, but for account-based endpoints, which none of them needs.
/// </summary>
/// <param name="prefix">First part of the host name.</param>
internal sealed class RegionalEndpointProvider(string prefix) : IEndpointProvider
{
    private const string Url = "Endpoint";
    private const string Region = "Region";
    private const string Fips = "UseFIPS";
    private const string DualStack = "UseDualStack";

    /// <summary>What <see cref="ResolveEndpoint"/> goes by.</summary>
    /// <param name="config">Of the client.</param>
    /// <param name="alternative">A region for this request only, or null.</param>
    public static EndpointParameters Parameters(IClientConfig config, RegionEndpoint? alternative) => new()
    {
        [Url] = config.ServiceURL,
        [Region] = (alternative ?? config.RegionEndpoint)?.SystemName,
        [Fips] = config.UseFIPSEndpoint,
        [DualStack] = config.UseDualstackEndpoint,
    };

    /// <inheritdoc/>
    /// <exception cref="AmazonClientException">There is neither a URL nor a region.</exception>
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters[Url] is string { Length: > 0 } url)
        {
            return new Endpoint(url);
        }

        if (parameters[Region] is not string { Length: > 0 } name)
        {
            throw new AmazonClientException("No RegionEndpoint or ServiceURL configured");
        }

        var region = RegionEndpoint.GetBySystemName(name);
        var fips = parameters[Fips] is true ? "-fips" : string.Empty;
        var suffix = (parameters[DualStack] is true, region.PartitionName) switch
        {
            (true, "aws-cn") => "api.amazonwebservices.com.cn",
            (true, _) => "api.aws",
            _ => region.PartitionDnsSuffix,
        };
        return new Endpoint($"https://{prefix}{fips}.{name}.{suffix}");
    }
}
