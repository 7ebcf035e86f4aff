using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The topic is there. Its attributes are not read: nothing here needs them.</summary>
public sealed class GetTopicAttributesResponse : AmazonWebServiceResponse;
