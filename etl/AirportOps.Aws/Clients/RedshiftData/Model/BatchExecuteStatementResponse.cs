using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>A batch was started.</summary>
public sealed class BatchExecuteStatementResponse : AmazonWebServiceResponse
{
    /// <summary>The cluster.</summary>
    public string? ClusterIdentifier { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>The database.</summary>
    public string? Database { get; set; }

    /// <summary>Groups of the user.</summary>
    public List<string>? DbGroups { get; set; }

    /// <summary>The user.</summary>
    public string? DbUser { get; set; }

    /// <summary>Names the statement in other calls.</summary>
    public string? Id { get; set; }

    /// <summary>The secret.</summary>
    public string? SecretArn { get; set; }

    /// <summary>The session.</summary>
    public string? SessionId { get; set; }

    /// <summary>The workgroup.</summary>
    public string? WorkgroupName { get; set; }
}
