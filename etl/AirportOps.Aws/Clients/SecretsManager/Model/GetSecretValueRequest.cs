namespace Amazon.SecretsManager.Model;

/// <summary>Asks for a secret.</summary>
public sealed class GetSecretValueRequest : AmazonSecretsManagerRequest
{
    /// <summary>Its name or ARN.</summary>
    public string? SecretId { get; set; }

    /// <summary>A version; default: the current one.</summary>
    public string? VersionId { get; set; }

    /// <summary>A stage, for instance AWSPREVIOUS.</summary>
    public string? VersionStage { get; set; }
}
