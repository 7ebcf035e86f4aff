namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>Starts a statement of up to 100 KB, and up to 16 MB in a session.</summary>
public sealed class ExecuteStatementRequest : AmazonRedshiftDataAPIServiceRequest
{
    /// <summary>Makes a repeated call harmless.</summary>
    public string? ClientToken { get; set; }

    /// <summary>A provisioned cluster.</summary>
    public string? ClusterIdentifier { get; set; }

    /// <summary>The database.</summary>
    public string? Database { get; set; }

    /// <summary>With a cluster: the user to get temporary credentials for.</summary>
    public string? DbUser { get; set; }

    /// <summary>Values for the names in the SQL.</summary>
    public List<SqlParameter>? Parameters { get; set; }

    /// <summary>JSON or CSV.</summary>
    public string? ResultFormat { get; set; }

    /// <summary>A secret with the credentials.</summary>
    public string? SecretArn { get; set; }

    /// <summary>Goes on in a session.</summary>
    public string? SessionId { get; set; }

    /// <summary>How long to keep the session.</summary>
    public int? SessionKeepAliveSeconds { get; set; }

    /// <summary>The statement.</summary>
    public string? Sql { get; set; }

    /// <summary>A name of the caller's.</summary>
    public string? StatementName { get; set; }

    /// <summary>Whether to tell EventBridge at the end.</summary>
    public bool? WithEvent { get; set; }

    /// <summary>A serverless workgroup.</summary>
    public string? WorkgroupName { get; set; }
}
