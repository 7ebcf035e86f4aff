namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>Stops a statement.</summary>
public sealed class CancelStatementRequest : AmazonRedshiftDataAPIServiceRequest
{
    /// <summary>The statement.</summary>
    public string? Id { get; set; }
}
