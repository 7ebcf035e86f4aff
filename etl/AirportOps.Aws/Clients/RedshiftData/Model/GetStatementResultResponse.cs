using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>Rows of a result.</summary>
public sealed class GetStatementResultResponse : AmazonWebServiceResponse
{
    /// <summary>The columns.</summary>
    public List<ColumnMetadata>? ColumnMetadata { get; set; }

    /// <summary>Null when these are the last rows.</summary>
    public string? NextToken { get; set; }

    /// <summary>The rows.</summary>
    public List<List<Field>>? Records { get; set; }

    /// <summary>Rows in all.</summary>
    public long? TotalNumRows { get; set; }
}
