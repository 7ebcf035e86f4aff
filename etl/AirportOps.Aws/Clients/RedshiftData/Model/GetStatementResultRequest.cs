namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>Asks for rows of a result.</summary>
public sealed class GetStatementResultRequest : AmazonRedshiftDataAPIServiceRequest
{
    /// <summary>The statement.</summary>
    public string? Id { get; set; }

    /// <summary>Goes on where an answer stopped.</summary>
    public string? NextToken { get; set; }
}
