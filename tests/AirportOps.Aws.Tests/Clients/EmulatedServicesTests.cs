using System.Net;
using System.Text.RegularExpressions;
using AirportOps.Aws.Connecting;
using AirportOps.Aws.Tests.Emulators;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.SecretsManager.Model;
using Amazon.SimpleNotificationService.Model;

namespace AirportOps.Aws.Tests.Clients;

/// <summary>The clients against services that others wrote.</summary>
public sealed class EmulatedServicesTests(AwsEmulators emulators)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_is_created_described_and_deleted()
    {
        using var client = TestAws.Clients(await emulators.KinesisAsync()).Kinesis();
        var name = $"described-{Guid.NewGuid():N}";

        await client.CreateStreamAsync(new CreateStreamRequest { StreamName = name, ShardCount = 3 }, Token);
        var summary = (await client.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = name }, Token)).StreamDescriptionSummary!;
        await Assert.ThrowsAsync<ResourceInUseException>(
            () => client.CreateStreamAsync(new CreateStreamRequest { StreamName = name, ShardCount = 3 }, Token));

        Assert.Equal((name, 24), (summary.StreamName, summary.RetentionPeriodHours));
        await Assert.ThrowsAsync<Amazon.Kinesis.Model.ResourceNotFoundException>(
            () => client.DeleteStreamAsync(new DeleteStreamRequest { StreamName = "nothing" }, Token));
    }

    [Fact]
    public async Task Secrets_are_missing_by_type_and_topics_too()
    {
        var clients = TestAws.Clients(await emulators.MotoAsync());
        using var secrets = clients.SecretsManager();
        using var topics = clients.SimpleNotificationService();

        await Assert.ThrowsAsync<Amazon.SecretsManager.Model.ResourceNotFoundException>(
            () => secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "nothing" }, Token));
        var missing = await Assert.ThrowsAsync<NotFoundException>(
            () => topics.PublishAsync(new PublishRequest { TopicArn = "arn:aws:sns:us-east-1:123456789012:nothing", Message = "x" }, Token));
        Assert.Equal(("NotFound", HttpStatusCode.NotFound, ErrorType.Sender), (missing.ErrorCode, missing.StatusCode, missing.ErrorType));
    }

    [Fact]
    public async Task A_message_is_published_and_named()
    {
        var moto = await emulators.MotoAsync();
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([new("Action", "CreateTopic"), new("Name", "alerts"), new("Version", "2010-03-31")]);

        // moto finds the service by the scope of the signature, which it does not check here.
        http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20260301/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0");
        using var created = await http.PostAsync(moto, form, Token);
        var topic = Regex.Match(await created.Content.ReadAsStringAsync(Token), "<TopicArn>(.*)</TopicArn>").Groups[1].Value;
        using var client = TestAws.Clients(moto).SimpleNotificationService();

        var published = await client.PublishAsync(
            new PublishRequest { TopicArn = topic, Subject = "a & b", Message = "Ä + 50 % = ?\nnext" }, Token);

        Assert.Matches("^[0-9a-f-]{36}$", published.MessageId);
        Assert.Null(published.SequenceNumber);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_where_signatures_are_checked()
    {
        await using var moto = await AwsEmulators.StartMotoAsync(uncheckedCalls: 0);
        using var client = new AwsClients(TestAws.Options(moto.Url, new BasicAWSCredentials("AKIAUNKNOWN", "wrong"))).Kinesis();

        var refused = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => client.ListShardsAsync(new ListShardsRequest { StreamName = "s" }, Token));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
