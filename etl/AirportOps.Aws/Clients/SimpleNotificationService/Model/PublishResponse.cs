using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The message was taken.</summary>
public sealed class PublishResponse : AmazonWebServiceResponse
{
    /// <summary>Names the message.</summary>
    public string? MessageId { get; set; }

    /// <summary>Of first-in-first-out topics.</summary>
    public string? SequenceNumber { get; set; }
}
