using Amazon.Runtime;

namespace Amazon.SimpleNotificationService;

/// <summary>What every request to the service is.</summary>
public abstract class AmazonSimpleNotificationServiceRequest : AmazonWebServiceRequest;
