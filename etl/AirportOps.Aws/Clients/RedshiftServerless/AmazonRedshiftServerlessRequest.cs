using Amazon.Runtime;

namespace Amazon.RedshiftServerless;

/// <summary>What every request to the service is.</summary>
public abstract class AmazonRedshiftServerlessRequest : AmazonWebServiceRequest;
