using System.Net;
using System.Net.Sockets;
using AirportOps.Aws.Connecting;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Aws.Tests.S3;
using AirportOps.Lake;
using AirportOps.Reliability;
using AirportOps.Streams;
using Amazon.Runtime;

namespace AirportOps.Aws.Tests;

/// <summary>Trouble on first use: one line that says what, where, and what to do.</summary>
public sealed class TroubleTests(AwsEmulators emulators)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, Fault, string> Errors => new()
    {
        { "AccessDeniedException", "not you", Fault.Operator, "access denied: allow kinesis:DescribeStreamSummary on stream/s in the policy of the credentials in use (not you)" },
        { "ExpiredTokenException", "x", Fault.Operator, "the AWS credentials have expired; renew them, for instance by 'aws sso login'" },
        { "UnrecognizedClientException", "x", Fault.Operator, "the AWS credentials are wrong (UnrecognizedClientException); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN" },
        { "InvalidSignatureException", "Signature expired: 1 is now earlier than 2", Fault.Operator, "this machine's clock and AWS's are minutes apart; set the clock" },
        { "InternalFailure", "x", Fault.Outside, "the service failed (InternalFailure, HTTP status 500); wait, then it goes on" },
        { "SomethingElse", "two\nlines.", Fault.Operator, "SomethingElse: two lines" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task A_refusal_is_one_line(string code, string message, Fault fault, string expected)
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(_ => true, 100, Happenings.Error(
            code,
            message.Replace("\n", "\\n", StringComparison.Ordinal),
            code == "InternalFailure" ? HttpStatusCode.InternalServerError : HttpStatusCode.BadRequest));
        await using var stream = TestStream.Open(endpoint.Url, "s");

        var error = await Assert.ThrowsAsync<StreamException>(() => stream.ListShardsAsync(Token));

        Assert.Equal(($"The stream kinesis:s can't be used: {expected}.", fault), (error.Message, error.Fault));
    }

    [Fact]
    public async Task A_stream_that_is_not_there_is_named_with_how_to_create_it()
    {
        var kinesis = await emulators.KinesisAsync();
        await using var stream = TestStream.Open(kinesis, "nothing");

        var error = await Assert.ThrowsAsync<StreamException>(() => stream.OpenWriterAsync(Token));

        Assert.Equal(
            $"There is no stream kinesis:nothing in this account and region ({kinesis}); check its name and AWS_REGION, or create it:"
            + " aws kinesis create-stream --stream-name nothing --shard-count 4.",
            error.Message);
        Assert.Equal(Fault.Operator, error.Fault);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named_with_how_to_create_it()
    {
        using var lake = TestBucket.Open(await emulators.MotoAsync(), "nothing-here/prefix");

        var error = await Assert.ThrowsAsync<LakeException>(() => lake.HeadAsync("k", Token));

        Assert.Equal("There is no bucket nothing-here; check its name, or create it: aws s3 mb s3://nothing-here.", error.Message);
    }

    [Fact]
    public async Task A_bucket_of_somebody_else_is_access_denied()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(_ => true, 1, Happenings.Answer(HttpStatusCode.Forbidden, "", "application/xml"));
        using var lake = TestBucket.Open(endpoint.Url, "bucket", new() { ExpectedBucketOwner = "123456789012" });

        var error = await Assert.ThrowsAsync<LakeException>(() => lake.GetAsync("k", Token));

        Assert.Equal(
            "The lake s3://bucket can't be used: access denied: allow s3:ListBucket on bucket bucket in the policy of the credentials in use,"
            + " or the bucket is not account 123456789012's.",
            error.Message);
    }

    [Fact]
    public async Task An_endpoint_that_is_down_is_trouble_that_passes()
    {
        var nobody = new Uri($"http://127.0.0.1:{FreePort()}");
        await using var stream = TestStream.Open(nobody, "s");
        using var lake = TestBucket.Open(nobody, "bucket");

        var ofStream = await Assert.ThrowsAsync<StreamException>(() => stream.ListShardsAsync(Token));
        var ofLake = await Assert.ThrowsAsync<LakeException>(() => lake.GetAsync("k", Token));

        Assert.Equal(
            $"The stream kinesis:s can't be used: the endpoint {nobody} does not answer (Connection refused); check network and endpoint, then it goes on.",
            ofStream.Message);
        Assert.Equal(
            $"The lake s3://bucket can't be used: the endpoint {nobody} does not answer (Connection refused); check network and endpoint, then it goes on.",
            ofLake.Message);
        Assert.Equal([Fault.Outside, Fault.Outside], [ofStream.Fault, ofLake.Fault]);
    }

    [Theory]
    [InlineData("No RegionEndpoint or ServiceURL configured", "no region is set; set AWS_REGION or name an endpoint by --aws-endpoint")]
    [InlineData(
        "Failed to resolve AWS credentials.",
        "there are no AWS credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE after 'aws sso login'")]
    public void What_the_SDK_misses_is_said_in_our_words(string message, string expected) =>
        Assert.Equal(
            new AwsTrouble(AwsTroubleKind.Refused, expected), AwsTrouble.Of(new AmazonClientException(message), "s3:GetObject", "bucket b", null));

    [Theory]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    public void What_is_no_name_of_a_stream_is_refused(string name) =>
        Assert.Throws<UsageException>(() => TestStream.Open(new Uri("http://127.0.0.1:1"), name));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
