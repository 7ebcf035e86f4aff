using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>How a statement stands.</summary>
public sealed class DescribeStatementResponse : AmazonWebServiceResponse
{
    /// <summary>The cluster.</summary>
    public string? ClusterIdentifier { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>The database.</summary>
    public string? Database { get; set; }

    /// <summary>The user.</summary>
    public string? DbUser { get; set; }

    /// <summary>Nanoseconds.</summary>
    public long? Duration { get; set; }

    /// <summary>What the database said, when it failed.</summary>
    public string? Error { get; set; }

    /// <summary>Whether it can be read by GetStatementResult.</summary>
    public bool? HasResultSet { get; set; }

    /// <summary>The statement.</summary>
    public string? Id { get; set; }

    /// <summary>Its values.</summary>
    public List<SqlParameter>? QueryParameters { get; set; }

    /// <summary>Its SQL.</summary>
    public string? QueryString { get; set; }

    /// <summary>The database's process.</summary>
    public long? RedshiftPid { get; set; }

    /// <summary>The database's number.</summary>
    public long? RedshiftQueryId { get; set; }

    /// <summary>Rows of the result, or −1.</summary>
    public long? ResultRows { get; set; }

    /// <summary>Bytes of the result, or −1.</summary>
    public long? ResultSize { get; set; }

    /// <summary>The secret.</summary>
    public string? SecretArn { get; set; }

    /// <summary>The session.</summary>
    public string? SessionId { get; set; }

    /// <summary>See there.</summary>
    public StatusString? Status { get; set; }

    /// <summary>Of a batch.</summary>
    public List<SubStatementData>? SubStatements { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? UpdatedAt { get; set; }

    /// <summary>The workgroup.</summary>
    public string? WorkgroupName { get; set; }
}
