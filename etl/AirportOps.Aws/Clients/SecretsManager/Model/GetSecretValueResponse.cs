using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

/// <summary>A secret.</summary>
public sealed class GetSecretValueResponse : AmazonWebServiceResponse
{
    /// <summary>Its ARN.</summary>
    public string? ARN { get; set; }

    /// <summary>Of the version, UTC.</summary>
    public DateTime? CreatedDate { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Bytes, or null.</summary>
    public MemoryStream? SecretBinary { get; set; }

    /// <summary>Text, or null.</summary>
    public string? SecretString { get; set; }

    /// <summary>The version.</summary>
    public string? VersionId { get; set; }

    /// <summary>Its stages.</summary>
    public List<string>? VersionStages { get; set; }
}
