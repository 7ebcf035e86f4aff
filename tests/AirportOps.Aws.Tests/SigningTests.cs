using System.Text.Json;
using System.Text.RegularExpressions;
using AirportOps.Aws.Connecting;
using AirportOps.Aws.Kinesis;
using AirportOps.Aws.Lakes;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Aws.Tests.S3;
using AirportOps.Lake;
using AirportOps.Reliability;
using AirportOps.Streams;
using Amazon.DynamoDBv2.Model;
using Amazon.Kinesis.Model;
using Amazon.KinesisFirehose.Model;
using Amazon.Runtime;
using Amazon.S3.Model;
using Amazon.SecretsManager.Model;
using Amazon.SecurityToken.Model;
using Amazon.SimpleNotificationService.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirportOps.Aws.Tests;

/// <summary>Requests against an emulator that checks signatures and permissions.</summary>
public sealed class SigningTests(AwsEmulators emulators)
{
    /// <summary>The emulator's own name for what the service allows by <c>s3:ListBucket</c>.</summary>
    private const string HeadBucket = "s3:HeadBucket";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_client_signs_so_that_it_is_let_in_and_a_wrong_secret_is_refused()
    {
        await using var moto = await StartAsync();
        var (right, _) = await MakeUserAsync(moto.Url, "everything", ["*"]);
        await CheckFromNowOnAsync(moto.Url);
        var wrong = new BasicAWSCredentials(right.GetCredentials().AccessKey, "wrongwrongwrongwrongwrongwrongwrongwrong");

        foreach (var (service, call) in Calls())
        {
            var answered = await Xunit.Record.ExceptionAsync(() => call(new AwsClients(TestAws.Options(moto.Url, right))));
            var refused = await Xunit.Record.ExceptionAsync(() => call(new AwsClients(TestAws.Options(moto.Url, wrong))));

            // What is not there is asked for: told so, a request was let in.
            Assert.True(
                answered is null or AmazonServiceException { ErrorCode: "ResourceNotFoundException" or "NotFound" or "NoSuchBucket" }, $"{service}: {answered}");
            Assert.True(refused is AmazonServiceException { ErrorCode: "SignatureDoesNotMatch" or "InvalidSignatureException" }, $"{service}: {refused}");
        }
    }

    [Fact]
    public async Task A_stream_and_a_lake_are_used_with_the_permissions_their_documents_name_and_no_more()
    {
        await using var moto = await StartAsync();
        var (credentials, setUp) = await MakeUserAsync(
            moto.Url,
            "pipeline",
            [
                "kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:PutRecords",
                "s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", HeadBucket,
            ]);
        await setUp.Kinesis().CreateStreamAsync(new CreateStreamRequest { StreamName = "s", ShardCount = 1 }, Token);
        await setUp.S3().PutBucketAsync(new PutBucketRequest { BucketName = "bucket" }, Token);
        await CheckFromNowOnAsync(moto.Url);
        await using var stream = OpenStream(moto.Url, credentials);
        using var lake = OpenLake(moto.Url, credentials);

        await using (var writer = await stream.OpenWriterAsync(Token))
        {
            await writer.WriteAsync([TestStream.Record("k", 7)], Token);
        }

        await using (var upload = await lake.CreateAsync("large", Token))
        {
            await upload.WriteAsync(new byte[9 << 20], Token);
            await upload.CompleteAsync(PutMode.IfAbsent, Token);
        }

        await using (var givenUp = await lake.CreateAsync("given up", Token))
        {
            await givenUp.WriteAsync(new byte[9 << 20], Token);
        }

        Assert.Equal(["7"], (await TestStream.ReadAllAsync(stream)).Select(TestStream.Text));
        Assert.True(await lake.PutAsync("k", "v"u8.ToArray(), PutMode.IfAbsent, Token));
        Assert.Equal("v"u8.ToArray(), await lake.GetAsync("k", Token));
        await lake.DeleteAsync("k", Token);
        Assert.Equal(["large"], await lake.ListAsync("", null, Token).Select(found => found.Key).ToArrayAsync(Token));
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_named_in_one_line_and_a_wrong_secret_too()
    {
        await using var moto = await StartAsync();
        var (credentials, setUp) = await MakeUserAsync(moto.Url, "reader", ["kinesis:DescribeStreamSummary", "s3:ListBucket", "s3:GetObject", HeadBucket]);
        await setUp.Kinesis().CreateStreamAsync(new CreateStreamRequest { StreamName = "s", ShardCount = 1 }, Token);
        await setUp.S3().PutBucketAsync(new PutBucketRequest { BucketName = "bucket" }, Token);
        await CheckFromNowOnAsync(moto.Url);
        var wrong = new BasicAWSCredentials(credentials.GetCredentials().AccessKey, "wrongwrongwrongwrongwrongwrongwrongwrong");
        await using var stream = OpenStream(moto.Url, credentials);
        await using var strange = OpenStream(moto.Url, wrong);
        using var lake = OpenLake(moto.Url, credentials);

        var ofStream = await Assert.ThrowsAsync<StreamException>(() => stream.ListShardsAsync(Token));
        var ofLake = await Assert.ThrowsAsync<LakeException>(() => lake.PutAsync("k", "v"u8.ToArray(), PutMode.IfAbsent, Token));
        var ofStranger = await Assert.ThrowsAsync<StreamException>(() => strange.ListShardsAsync(Token));

        Assert.StartsWith(
            "The stream kinesis:s can't be used: access denied: allow kinesis:ListShards on stream/s in the policy of the credentials in use (", ofStream.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "The lake s3://bucket can't be used: access denied: allow s3:PutObject on bucket/k in the policy of the credentials in use (", ofLake.Message, StringComparison.Ordinal);
        Assert.Matches(
            "^The stream kinesis:s can't be used: the AWS credentials are wrong \\([A-Za-z]+\\); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN\\.$",
            ofStranger.Message);
        Assert.Equal([Fault.Operator, Fault.Operator, Fault.Operator], [ofStream.Fault, ofLake.Fault, ofStranger.Fault]);
    }

    /// <summary>
    /// moto takes percent-encodings such as %C3%BC and %2F out of the URL before it computes a signature, and so refuses non-ASCII keys and lists under a prefix
    /// from every client: here the published rule is the judge.
    /// </summary>
    [Theory]
    [InlineData("a b/ü")]
    [InlineData("plain/prefix")]
    [InlineData("a+b=c&d/e%2Ff?g#h~/☃ (1)")]
    public async Task A_lake_under_any_prefix_is_signed_by_the_published_rule(string prefix)
    {
        var moto = await emulators.MotoAsync();
        await using var endpoint = await ScriptedEndpoint.StartAsync(moto);
        var bucket = await TestBucket.CreateAsync(moto);
        var credentials = new BasicAWSCredentials("AKIAEXAMPLE", "a secret/of+this=test");
        using var lake = S3Lake.Open(
            $"{bucket}/{prefix}", TestAws.Options(endpoint.Url, credentials), new S3LakeOptions(), NullLogger.Instance, TimeProvider.System);
        const string Key = "silver/é ü+&=?#%41.parquet";

        Assert.True(await lake.PutAsync(Key, "content"u8.ToArray(), PutMode.IfAbsent, Token));
        Assert.NotNull(await lake.HeadAsync(Key, Token));
        Assert.Equal("content"u8.ToArray(), await lake.GetAsync(Key, Token));
        Assert.Equal("ont"u8.ToArray(), await lake.GetRangeAsync(Key, 1, 3, Token));
        await using (var upload = await lake.CreateAsync("ö", Token))
        {
            await upload.WriteAsync(new byte[9 << 20], Token);
            await upload.CompleteAsync(PutMode.Overwrite, Token);
        }

        Assert.Equal([Key, "ö"], await lake.ListAsync("", null, Token).Select(found => found.Key).ToArrayAsync(Token));
        Assert.Equal([Key], await lake.ListAsync("silver/é", null, Token).Select(found => found.Key).ToArrayAsync(Token));
        await lake.DeleteAsync(Key, Token);

        Assert.All(endpoint.Requests, request => Assert.Equal(PublishedSignature.Of(request, credentials.GetCredentials().SecretKey), PublishedSignature.In(request)));
        Assert.Equal(["DELETE", "GET", "HEAD", "POST", "PUT"], endpoint.Requests.Select(request => request.Method).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The examples of AWS's documentation hold the judge to the rule.</summary>
    [Theory]
    [InlineData("GET", "/test.txt", "host;range;x-amz-content-sha256;x-amz-date", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("PUT", "/test$file.text", "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [InlineData("GET", "/?max-keys=2&prefix=J", "host;x-amz-content-sha256;x-amz-date", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void The_published_rule_gives_the_published_signatures(string method, string target, string signedHeaders, string content, string expected)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Authorization"] = $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders={signedHeaders},Signature=unknown",
            ["Date"] = "Fri, 24 May 2013 00:00:00 GMT",
            ["Host"] = "examplebucket.s3.amazonaws.com",
            ["Range"] = "bytes=0-9",
            ["x-amz-content-sha256"] = content,
            ["x-amz-date"] = "20130524T000000Z",
            ["x-amz-storage-class"] = "REDUCED_REDUNDANCY",
        };

        Assert.Equal(expected, PublishedSignature.Of(new ReceivedRequest(method, target, target, headers, []), "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    }

    private static IEnumerable<(string Service, Func<AwsClients, Task> Call)> Calls() =>
    [
        ("kinesis", clients => clients.Kinesis().ListShardsAsync(new ListShardsRequest { StreamName = "none" }, Token)),
        ("firehose", clients => clients.Firehose().PutRecordBatchAsync(
            new PutRecordBatchRequest { DeliveryStreamName = "none", Records = [new() { Data = new MemoryStream([1]) }] }, Token)),
        ("secretsmanager", clients => clients.SecretsManager().GetSecretValueAsync(new GetSecretValueRequest { SecretId = "none" }, Token)),
        ("sns", clients => clients.SimpleNotificationService().PublishAsync(
            new PublishRequest { TopicArn = "arn:aws:sns:us-east-1:123456789012:none", Message = "a & b" }, Token)),
        ("dynamodb", clients => clients.DynamoDb().DescribeTableAsync(new DescribeTableRequest { TableName = "none" }, Token)),
        ("sts", clients => clients.SecurityToken().GetCallerIdentityAsync(new GetCallerIdentityRequest(), Token)),
        ("s3", clients => clients.S3().ListObjectsV2Async(new ListObjectsV2Request { BucketName = "none-there", Prefix = "a" }, Token)),
    ];

    private static Task<EmulatorProcess> StartAsync() => AwsEmulators.StartMotoAsync(uncheckedCalls: 1_000);

    /// <summary>Makes a user who may do some actions; nothing is checked yet.</summary>
    /// <returns>The user's credentials, and clients to set up the rest with.</returns>
    private static async Task<(BasicAWSCredentials Credentials, AwsClients SetUp)> MakeUserAsync(Uri moto, string user, string[] actions)
    {
        await CallIamAsync(moto, new() { ["Action"] = "CreateUser", ["UserName"] = user });
        var key = await CallIamAsync(moto, new() { ["Action"] = "CreateAccessKey", ["UserName"] = user });
        var policy = JsonSerializer.Serialize(new
        {
            Version = "2012-10-17",
            Statement = new[] { new { Effect = "Allow", Action = actions, Resource = "*" } },
        });
        await CallIamAsync(moto, new() { ["Action"] = "PutUserPolicy", ["UserName"] = user, ["PolicyName"] = "p", ["PolicyDocument"] = policy });
        return (new BasicAWSCredentials(Text(key, "AccessKeyId"), Text(key, "SecretAccessKey")), TestAws.Clients(moto));
    }

    private static async Task<string> CallIamAsync(Uri moto, Dictionary<string, string> fields)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20260301/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0");
        fields["Version"] = "2010-05-08";
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(moto, form, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }

    private static async Task CheckFromNowOnAsync(Uri moto)
    {
        using var http = new HttpClient();
        using var none = new ByteArrayContent("0"u8.ToArray());
        none.Headers.ContentType = new("application/octet-stream");
        using var answer = await http.PostAsync(new Uri(moto, "/moto-api/reset-auth"), none, Token);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static string Text(string xml, string element) => Regex.Match(xml, $"<{element}>(.*?)</{element}>").Groups[1].Value;

    private static KinesisStream OpenStream(Uri moto, AWSCredentials credentials) =>
        KinesisStream.Open("s", TestAws.Options(moto, credentials) with { MaxAttempts = 1 }, TestStream.Fast, NullLogger.Instance, TimeProvider.System);

    private static S3Lake OpenLake(Uri moto, AWSCredentials credentials) => S3Lake.Open(
        "bucket", TestAws.Options(moto, credentials) with { MaxAttempts = 1 }, new S3LakeOptions { RetryDelay = TimeSpan.FromMilliseconds(1) }, NullLogger.Instance, TimeProvider.System);
}
