namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>Starts up to 40 statements, one after another, as one transaction.</summary>
public sealed class BatchExecuteStatementRequest : AmazonRedshiftDataAPIServiceRequest
{
    /// <summary>Makes a repeated call harmless.</summary>
    public string? ClientToken { get; set; }

    /// <summary>A provisioned cluster.</summary>
    public string? ClusterIdentifier { get; set; }

    /// <summary>The database.</summary>
    public string? Database { get; set; }

    /// <summary>With a cluster: the user to get temporary credentials for.</summary>
    public string? DbUser { get; set; }

    /// <summary>TRANSACTION, the default, around all statements; AUTO_COMMIT adds none.</summary>
    public string? ExecutionMode { get; set; }

    /// <summary>JSON or CSV.</summary>
    public string? ResultFormat { get; set; }

    /// <summary>A secret with the credentials.</summary>
    public string? SecretArn { get; set; }

    /// <summary>Goes on in a session.</summary>
    public string? SessionId { get; set; }

    /// <summary>How long to keep the session.</summary>
    public int? SessionKeepAliveSeconds { get; set; }

    /// <summary>The statements.</summary>
    public List<string>? Sqls { get; set; }

    /// <summary>A name of the caller's.</summary>
    public string? StatementName { get; set; }

    /// <summary>Whether to tell EventBridge at the end.</summary>
    public bool? WithEvent { get; set; }

    /// <summary>A serverless workgroup.</summary>
    public string? WorkgroupName { get; set; }
}
