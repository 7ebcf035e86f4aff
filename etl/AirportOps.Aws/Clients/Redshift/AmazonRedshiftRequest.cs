using Amazon.Runtime;

namespace Amazon.Redshift;

/// <summary>What every request to the service is.</summary>
public abstract class AmazonRedshiftRequest : AmazonWebServiceRequest;
