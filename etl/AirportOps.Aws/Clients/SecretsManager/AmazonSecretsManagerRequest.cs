using Amazon.Runtime;

namespace Amazon.SecretsManager;

/// <summary>What every request to the service is.</summary>
public abstract class AmazonSecretsManagerRequest : AmazonWebServiceRequest;
