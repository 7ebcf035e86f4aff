using AirportOps.Aws.Connecting;
using Amazon.Runtime;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>Options for a test's endpoint.</summary>
public static class TestAws
{
    public static AwsOptions Options(Uri endpoint, AWSCredentials? credentials = null) => new()
    {
        Endpoint = endpoint.AbsoluteUri,
        Credentials = credentials ?? new BasicAWSCredentials("test", "test"),
    };

    public static AwsClients Clients(Uri endpoint) => new(Options(endpoint));
}
