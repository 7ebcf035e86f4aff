namespace Amazon.SimpleNotificationService.Model;

/// <summary>A message to a topic.</summary>
public sealed class PublishRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>Up to 256 KiB of text.</summary>
    public string? Message { get; set; }

    /// <summary>What subscriptions can filter by, by name; up to 10 where the message is delivered raw.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>Of first-in-first-out topics.</summary>
    public string? MessageDeduplicationId { get; set; }

    /// <summary>Of first-in-first-out topics.</summary>
    public string? MessageGroupId { get; set; }

    /// <summary>"json" when the message has a text for each protocol.</summary>
    public string? MessageStructure { get; set; }

    /// <summary>A telephone instead of a topic.</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>Of mails; up to 100 characters.</summary>
    public string? Subject { get; set; }

    /// <summary>A topic or an endpoint.</summary>
    public string? TargetArn { get; set; }

    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }
}
