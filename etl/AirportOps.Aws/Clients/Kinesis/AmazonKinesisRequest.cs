using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>What every request to the service is.</summary>
public abstract class AmazonKinesisRequest : AmazonWebServiceRequest;
