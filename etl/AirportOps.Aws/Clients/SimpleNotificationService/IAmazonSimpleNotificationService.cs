using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService;

/// <summary>Amazon SNS, as far as it is used here (<see href="https://docs.aws.amazon.com/sns/latest/api/">reference</see>).</summary>
public interface IAmazonSimpleNotificationService : IDisposable
{
    /// <summary>Looks at a topic.</summary>
    Task<GetTopicAttributesResponse> GetTopicAttributesAsync(GetTopicAttributesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sends a message.</summary>
    Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default);
}
