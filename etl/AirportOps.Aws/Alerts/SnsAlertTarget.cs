using AirportOps.Aws.Connecting;
using AirportOps.Operations.Alerts;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace AirportOps.Aws.Alerts;

/// <summary>
/// A topic of SNS that alerts are published to. Attributes <c>kind</c>, <c>state</c> and <c>place</c> are for the filters of subscriptions. Needs <c>sns:Publish</c> on the
/// topic, and where it is encrypted <c>kms:GenerateDataKey</c> and <c>kms:Decrypt</c> on its key.
/// </summary>
public sealed class SnsAlertTarget : IAlertTarget, IDisposable
{
    private const string Publish = "sns:Publish";

    private readonly IAmazonSimpleNotificationService _client;
    private readonly TopicName _topic;
    private readonly string? _endpoint;

    private SnsAlertTarget(AmazonSimpleNotificationServiceClient client, TopicName topic) =>
        (_client, _topic, _endpoint) = (client, topic, client.Config.ServiceURL);

    /// <inheritdoc/>
    public string Name => $"topic {_topic.Arn}";

    /// <summary>Names a topic to use, in its own region; nothing is called yet.</summary>
    /// <param name="topicArn">For instance <c>arn:aws:sns:us-east-1:123456789012:airport-alerts</c>.</param>
    /// <param name="aws">How AWS is reached.</param>
    /// <exception cref="FormatException">It is no ARN of a topic.</exception>
    public static SnsAlertTarget Open(string topicArn, AwsOptions aws)
    {
        var topic = TopicName.Parse(topicArn);
        return new((AmazonSimpleNotificationServiceClient)new AwsClients(aws).SimpleNotificationService(topic.Region), topic);
    }

    /// <inheritdoc/>
    public async Task DeliverAsync(Alert alert, Guid id, CancellationToken cancellationToken)
    {
        var request = new PublishRequest
        {
            TopicArn = _topic.Arn,
            Subject = alert.Subject,
            Message = alert.Body,
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                ["kind"] = new() { DataType = "String", StringValue = alert.KindName },
                ["state"] = new() { DataType = "String", StringValue = alert.StateName },
                ["place"] = new() { DataType = "String", StringValue = alert.Place },
            },
        };
        if (_topic.IsFifo)
        {
            (request.MessageGroupId, request.MessageDeduplicationId) = (alert.KindName, id.ToString("N"));
        }

        try
        {
            await _client.PublishAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
        {
            throw new AlertDeliveryException($"{Describe(exception)}.", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private string Describe(Exception exception) => exception switch
    {
        NotFoundException => "there is no such topic; check Alerts:TopicArn",
        _ => AwsTrouble.Of(exception, Publish, _topic.Arn, _endpoint).Cause,
    };
}
