using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService;

/// <summary>What every request to the service is.</summary>
public abstract class AmazonRedshiftDataAPIServiceRequest : AmazonWebServiceRequest;
