using AirportOps.Aws.Clients.Runtime;
using Amazon.Runtime;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService;

/// <inheritdoc cref="IAmazonSimpleNotificationService"/>
/// <remarks>With the official package's names, so that it can take this one's place.</remarks>
public sealed class AmazonSimpleNotificationServiceClient : ThinServiceClient, IAmazonSimpleNotificationService
{
    /// <summary>Makes a client with the SDK's credential chain.</summary>
    public AmazonSimpleNotificationServiceClient(AmazonSimpleNotificationServiceConfig config)
        : base(config)
    {
    }

    /// <summary>Makes a client with given credentials.</summary>
    public AmazonSimpleNotificationServiceClient(AWSCredentials credentials, AmazonSimpleNotificationServiceConfig config)
        : base(credentials, config)
    {
    }

    /// <inheritdoc/>
    public Task<GetTopicAttributesResponse> GetTopicAttributesAsync(GetTopicAttributesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(SimpleNotificationServiceOperations.GetTopicAttributes, request, cancellationToken);

    /// <inheritdoc/>
    public Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(SimpleNotificationServiceOperations.Publish, request, cancellationToken);
}
