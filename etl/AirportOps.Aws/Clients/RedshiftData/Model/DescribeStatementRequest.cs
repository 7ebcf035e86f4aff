namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>Asks how a statement stands.</summary>
public sealed class DescribeStatementRequest : AmazonRedshiftDataAPIServiceRequest
{
    /// <summary>The statement or batch.</summary>
    public string? Id { get; set; }
}
