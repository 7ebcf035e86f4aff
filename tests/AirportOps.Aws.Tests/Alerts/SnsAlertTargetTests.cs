using System.Net;
using AirportOps.Aws.Alerts;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Operations.Alerts;

namespace AirportOps.Aws.Tests.Alerts;

/// <summary>Alerts through SNS, read from a queue that is subscribed.</summary>
public sealed class SnsAlertTargetTests(AwsEmulators emulators)
{
    private static readonly Alert Stuck = new(
        AlertKind.StuckWindow, "events/shardId-1", AlertState.Raised, "It is stuck & \"quoted\".", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_arrives_with_its_subject_its_text_and_attributes_to_filter_by()
    {
        var moto = await emulators.MotoAsync();
        var topic = await TestTopic.CreateAsync(moto);
        using var target = SnsAlertTarget.Open(topic.Arn, TestAws.Options(moto));

        await target.DeliverAsync(Stuck, Guid.NewGuid(), Token);

        var message = Assert.Single(await topic.ReceiveAsync());
        Assert.Equal("AirportOps raised: stuck window, events/shardId-1", (string?)message["Subject"]);
        Assert.Equal(Stuck.Body, (string?)message["Message"]);
        Assert.Equal(
            ["kind=stuck_window", "place=events/shardId-1", "state=raised"],
            message["MessageAttributes"]!.AsObject().Select(attribute => $"{attribute.Key}={(string?)attribute.Value!["Value"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_subscription_filters_by_kind()
    {
        var moto = await emulators.MotoAsync();
        var topic = await TestTopic.CreateAsync(moto, filter: """{"kind":["stale"]}""");
        using var target = SnsAlertTarget.Open(topic.Arn, TestAws.Options(moto));

        await target.DeliverAsync(Stuck, Guid.NewGuid(), Token);
        await target.DeliverAsync(Stuck with { Kind = AlertKind.Stale }, Guid.NewGuid(), Token);

        Assert.Equal("AirportOps raised: stale, events/shardId-1", (string?)Assert.Single(await topic.ReceiveAsync())["Subject"]);
    }

    [Fact]
    public async Task A_topic_that_keeps_order_gets_a_group_and_an_id()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync(await emulators.MotoAsync());
        var topic = await TestTopic.CreateAsync(await emulators.MotoAsync(), isFifo: true);
        using var target = SnsAlertTarget.Open(topic.Arn, TestAws.Options(endpoint.Url));
        var id = Guid.NewGuid();

        await target.DeliverAsync(Stuck, id, Token);

        var form = Assert.Single(endpoint.Requests).Text;
        Assert.Contains("MessageGroupId=stuck_window", form, StringComparison.Ordinal);
        Assert.Contains($"MessageDeduplicationId={id:N}", form, StringComparison.Ordinal);
        Assert.Single(await topic.ReceiveAsync());
    }

    [Theory]
    [InlineData("AuthorizationError", HttpStatusCode.Forbidden, "access denied: allow sns:Publish on TOPIC in the policy of the credentials in use (so it says).")]
    [InlineData("NotFound", HttpStatusCode.NotFound, "there is no such topic; check Alerts:TopicArn.")]
    [InlineData("InvalidClientTokenId", HttpStatusCode.Forbidden, "the AWS credentials are wrong (InvalidClientTokenId); check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.")]
    [InlineData("Throttled", HttpStatusCode.TooManyRequests, "sns:Publish is throttled (Throttled); it goes on by itself, slower.")]
    [InlineData("InternalError", HttpStatusCode.InternalServerError, "the service failed (InternalError, HTTP status 500); wait, then it goes on.")]
    public async Task What_keeps_an_alert_back_is_one_line(string code, HttpStatusCode status, string said)
    {
        const string Topic = "arn:aws:sns:us-east-1:123456789012:t";
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(_ => true, 1, Happenings.Answer(
            status, $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>so it says</Message></Error></ErrorResponse>", "text/xml"));
        using var target = SnsAlertTarget.Open(Topic, TestAws.Options(endpoint.Url) with { MaxAttempts = 1 });

        var error = await Assert.ThrowsAsync<AlertDeliveryException>(() => target.DeliverAsync(Stuck, Guid.NewGuid(), Token));

        Assert.Equal(said.Replace("TOPIC", Topic, StringComparison.Ordinal), error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alerts")]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:alerts")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:")]
    public void What_is_no_topic_is_refused(string arn) => Assert.Throws<FormatException>(() => TopicName.Parse(arn));
}
