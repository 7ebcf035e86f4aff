using System.Text.Json.Serialization;

namespace Amazon.RedshiftServerless.Model;

/// <summary>Asks for a name and a password.</summary>
public sealed class GetCredentialsRequest : AmazonRedshiftServerlessRequest
{
    /// <summary>Names the workgroup by its domain.</summary>
    [JsonPropertyName("customDomainName")]
    public string? CustomDomainName { get; set; }

    /// <summary>The database; the password is good for it alone.</summary>
    [JsonPropertyName("dbName")]
    public string? DbName { get; set; }

    /// <summary>How long it is good for, 900 to 3600; default 900.</summary>
    [JsonPropertyName("durationSeconds")]
    public int? DurationSeconds { get; set; }

    /// <summary>The workgroup.</summary>
    [JsonPropertyName("workgroupName")]
    public string? WorkgroupName { get; set; }
}
