using AirportOps.Aws.Alerts;
using AirportOps.Aws.Connecting;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace AirportOps.Aws.Checks;

/// <summary>What is needed of a topic that alerts go to. Nothing is published: the subject is longer than a topic takes.</summary>
internal static class TopicChecks
{
    private const int TooLongSubject = 101;

    /// <summary>The checks.</summary>
    internal static IEnumerable<AwsCheck> Of(IAmazonSimpleNotificationService client, TopicName topic)
    {
        yield return new AwsCheck("sns:Publish", topic.Arn, "alerts of every stage", async token =>
        {
            try
            {
                await client.PublishAsync(
                    new PublishRequest { TopicArn = topic.Arn, Subject = new string('x', TooLongSubject), Message = "doctor" }, token).ConfigureAwait(false);
            }
            catch (InvalidParameterException wrong) when (wrong.Message.Contains("ubject", StringComparison.Ordinal))
            {
                // The subject, as meant; that is said before the topic is looked for.
                await FindAsync(client, topic, token).ConfigureAwait(false);
            }
        });
    }

    /// <summary>Finds that there is no such topic; looking at one is no permission that anybody needs.</summary>
    private static async Task FindAsync(IAmazonSimpleNotificationService client, TopicName topic, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetTopicAttributesAsync(new GetTopicAttributesRequest { TopicArn = topic.Arn }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refused) when (AwsTrouble.DeniedBy(refused) is not null)
        {
            // It may be there.
        }
    }
}
