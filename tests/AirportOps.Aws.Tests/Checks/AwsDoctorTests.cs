using AirportOps.Aws.Checks;
using AirportOps.Aws.Lakes;
using AirportOps.Aws.Tests.Alerts;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Aws.Tests.S3;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace AirportOps.Aws.Tests.Checks;

/// <summary>
/// What a policy lacks is named, action by action, by an emulator that checks permissions: of S3 by resource too, elsewhere the emulator knows the resource
/// <c>*</c> alone. Without a prefix: the emulator finds the signature of a list under one wrong.
/// </summary>
public sealed class AwsDoctorTests(AwsEmulators emulators)
{
    private const string Account = "123456789012";

    private static readonly string[] OfStream =
        ["kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:PutRecords"];

    private static readonly string[] OfBucket = ["s3:ListBucket", "s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload", "s3:DeleteObject"];

    private static readonly string[] OfTable = ["dynamodb:DescribeTable", "dynamodb:Scan", "dynamodb:UpdateItem", "dynamodb:DeleteItem"];

    private static readonly string[] OfTopic = ["sns:Publish"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_action_that_a_policy_lacks_is_named_with_its_resource_and_nothing_else_is()
    {
        await using var moto = await TestUser.StartMotoAsync();
        var (stream, bucket, table, topic) = await CreateAsync(moto.Url);
        var user = await TestUser.CreateAsync(moto.Url);
        var doctor = new AwsDoctor(TestAws.Options(moto.Url, user.Credentials), TimeProvider.System)
        {
            Stream = stream,
            Lake = bucket,
            LeaseTable = table,
            Topic = topic.Arn,
        };
        var needed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (actions, resource) in new[]
        {
            (OfStream, $"arn:aws:kinesis:us-east-1:{Account}:stream/{stream}"),
            (OfBucket, $"arn:aws:s3:::{bucket}/*"),
            (OfTable, $"arn:aws:dynamodb:us-east-1:{Account}:table/{table}"),
            (OfTopic, topic.Arn),
        })
        {
            Array.ForEach(actions, action => needed.Add(action, action == "s3:ListBucket" ? $"arn:aws:s3:::{bucket}" : resource));
        }

        await user.AllowAsync(needed.Select(Statement));
        var findings = await doctor.LookAsync(Token);
        Assert.Equal(["credentials", .. needed.Keys], findings.Select(finding => finding.What.Split(' ')[0]));
        Assert.All(findings, finding => Assert.True(finding.IsFine, $"{finding}"));
        Assert.StartsWith($"arn:aws:iam::{Account}:user/user-", findings[0].Found, StringComparison.Ordinal);

        foreach (var (action, resource) in needed)
        {
            await user.AllowAsync(needed.Where(pair => pair.Key != action).Select(Statement));
            findings = await doctor.LookAsync(Token);

            var refused = Assert.Single(findings, finding => finding.Missing is not null);
            Assert.Equal((action, resource, false), (refused.Missing!.Action, refused.Missing.Resource, refused.IsFine));
            Assert.All(
                findings.Where(finding => !finding.IsFine && finding != refused),
                finding => Assert.Matches("^not known before kinesis:[A-Za-z]+ works$", finding.Found));
        }

        await user.ResetAsync(int.MaxValue);
        Assert.Empty(await topic.ReceiveAsync());
        await using var opened = TestStream.Open(moto.Url, stream);
        Assert.Empty(await TestStream.ReadAllAsync(opened));
        using var lake = TestBucket.Open(moto.Url, bucket);
        Assert.Equal([], await lake.ListAsync("doctor/", null, Token).Select(found => found.Key).ToListAsync(Token));
    }

    [Fact]
    public async Task A_permission_on_another_prefix_does_not_do()
    {
        await using var moto = await TestUser.StartMotoAsync();
        var bucket = await TestBucket.CreateAsync(moto.Url);
        var user = await TestUser.CreateAsync(moto.Url);
        await user.AllowAsync(
            ("s3:ListBucket", $"arn:aws:s3:::{bucket}"),
            ("s3:PutObject", $"arn:aws:s3:::{bucket}/*"),
            ("s3:GetObject", $"arn:aws:s3:::{bucket}/test/*"),
            ("s3:AbortMultipartUpload", $"arn:aws:s3:::{bucket}/*"),
            ("s3:DeleteObject", $"arn:aws:s3:::{bucket}/*"));

        var findings = await new AwsDoctor(TestAws.Options(moto.Url, user.Credentials), TimeProvider.System) { Lake = bucket }.LookAsync(Token);

        Assert.Equal(
            $$"""{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{bucket}}/*"}""",
            Assert.Single(findings, finding => !finding.IsFine).Missing!.ToJson());
    }

    [Fact]
    public async Task Credentials_that_are_wrong_are_all_that_is_said()
    {
        await using var moto = await AwsEmulators.StartMotoAsync(uncheckedCalls: 0);
        var doctor = new AwsDoctor(TestAws.Options(moto.Url, new Amazon.Runtime.BasicAWSCredentials("AKIAUNKNOWN", "wrong")), TimeProvider.System) { Stream = "s", Lake = "bucket" };

        var finding = Assert.Single(await doctor.LookAsync(Token));

        Assert.Equal(
            ("credentials", false, "the AWS credentials are wrong (InvalidClientTokenId); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN."),
            (finding.What, finding.IsFine, finding.Found));
    }

    [Fact]
    public async Task What_is_not_there_is_no_matter_of_permissions()
    {
        var moto = await emulators.MotoAsync();
        const string Topic = "arn:aws:sns:us-east-1:123456789012:nothing";
        var doctor = new AwsDoctor(TestAws.Options(moto), TimeProvider.System) { Stream = "nothing", Lake = "nothing-at-all", LeaseTable = "nothing", Topic = Topic };

        var findings = await doctor.LookAsync(Token);

        Assert.All(findings, finding => Assert.Null(finding.Missing));
        Assert.All(findings.Skip(1), finding => Assert.False(finding.IsFine, $"{finding}"));
        Assert.All(
            findings.Where(finding => finding.What.StartsWith("s3:", StringComparison.Ordinal)),
            finding => Assert.StartsWith("it is not there (", finding.Found, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_service_may_name_another_action_than_the_one_called()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync(await emulators.MotoAsync());
        var bucket = await TestBucket.CreateAsync(endpoint.Url);
        const string Key = "arn:aws:kms:us-east-1:123456789012:key/k";
        endpoint.Next(request => request.Method == "PUT", 1, Happenings.Answer(
            System.Net.HttpStatusCode.Forbidden,
            $"<Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/u is not authorized to perform: kms:GenerateDataKey on resource: {Key} because of it</Message></Error>",
            "application/xml"));

        var findings = await new AwsDoctor(TestAws.Options(endpoint.Url), TimeProvider.System) { Lake = bucket, LakeOptions = new S3LakeOptions { KmsKeyId = Key } }.LookAsync(Token);

        Assert.Equal(new PolicyStatement("kms:GenerateDataKey", Key), Assert.Single(findings, finding => !finding.IsFine).Missing);
    }

    /// <summary>As the emulator takes it: a resource counts on S3 alone.</summary>
    private static (string, string) Statement(KeyValuePair<string, string> needed) =>
        (needed.Key, needed.Key.StartsWith("s3:", StringComparison.Ordinal) ? needed.Value : "*");

    private static async Task<(string Stream, string Bucket, string Table, TestTopic Topic)> CreateAsync(Uri moto)
    {
        using var dynamo = TestAws.Clients(moto).DynamoDb();
        var table = $"leases-{Guid.NewGuid():N}";
        await dynamo.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = table,
                KeySchema = [new KeySchemaElement("lease_key", KeyType.HASH)],
                AttributeDefinitions = [new AttributeDefinition("lease_key", ScalarAttributeType.S)],
                BillingMode = BillingMode.PAY_PER_REQUEST,
            },
            Token);
        return (await TestStream.CreateAsync(moto, 2), await TestBucket.CreateAsync(moto), table, await TestTopic.CreateAsync(moto));
    }
}
