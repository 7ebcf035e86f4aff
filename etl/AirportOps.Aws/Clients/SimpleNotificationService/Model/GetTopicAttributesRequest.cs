namespace Amazon.SimpleNotificationService.Model;

/// <summary>Asks for a topic's attributes.</summary>
public sealed class GetTopicAttributesRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }
}
