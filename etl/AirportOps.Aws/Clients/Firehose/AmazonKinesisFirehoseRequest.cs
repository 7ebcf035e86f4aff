using Amazon.Runtime;

namespace Amazon.KinesisFirehose;

/// <summary>What every request to the service is.</summary>
public abstract class AmazonKinesisFirehoseRequest : AmazonWebServiceRequest;
