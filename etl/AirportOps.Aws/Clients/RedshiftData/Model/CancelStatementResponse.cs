using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>Whether it was stopped.</summary>
public sealed class CancelStatementResponse : AmazonWebServiceResponse
{
    /// <summary>False when it had ended already.</summary>
    public bool? Status { get; set; }
}
