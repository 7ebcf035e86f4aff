using AirportOps.Aws.Clients.Runtime;
using AirportOps.Aws.Connecting;
using Amazon;
using Amazon.Kinesis;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace AirportOps.Aws.Tests.Clients;

/// <summary>Where services are found.</summary>
public sealed class EndpointTests
{
    [Theory]
    [InlineData("eu-central-1", false, false, "https://kinesis.eu-central-1.amazonaws.com")]
    [InlineData("us-gov-west-1", true, false, "https://kinesis-fips.us-gov-west-1.amazonaws.com")]
    [InlineData("cn-north-1", false, false, "https://kinesis.cn-north-1.amazonaws.com.cn")]
    [InlineData("eu-west-1", false, true, "https://kinesis.eu-west-1.api.aws")]
    public void A_service_has_a_host_in_each_region(string region, bool fips, bool dualStack, string expected)
    {
        var config = new AmazonKinesisConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        };

        Assert.Equal(expected, config.DetermineServiceOperationEndpoint(null!).URL);
    }

    [Fact]
    public void An_endpoint_that_is_given_wins() =>
        Assert.Equal(
            "http://127.0.0.1:5002/",
            new AmazonKinesisConfig { ServiceURL = "http://127.0.0.1:5002" }.DetermineServiceOperationEndpoint(null!).URL);

    [Fact]
    public void Without_region_and_endpoint_there_is_none() =>
        Assert.Throws<AmazonClientException>(() => new RegionalEndpointProvider("kinesis").ResolveEndpoint(new EndpointParameters
        {
            ["Endpoint"] = null,
            ["Region"] = null,
            ["UseFIPS"] = false,
            ["UseDualStack"] = false,
        }));

    [Fact]
    public void Endpoints_are_for_all_services_or_for_one()
    {
        var endpoints = AwsEndpoints.Parse("http://127.0.0.1:5001, Kinesis=http://127.0.0.1:5002");

        Assert.Equal(
            [("", "http://127.0.0.1:5001/"), ("Kinesis", "http://127.0.0.1:5002/")],
            endpoints.Select(endpoint => (endpoint.Key, endpoint.Value.AbsoluteUri)).Order());
        Assert.True(endpoints.ContainsKey("kinesis"));
    }

    [Theory]
    [InlineData("127.0.0.1:5001")]
    [InlineData("kinesis=ftp://host")]
    public void What_is_no_endpoint_is_named(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => AwsEndpoints.Parse(text)).Message, StringComparison.Ordinal);
}
