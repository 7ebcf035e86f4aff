using Amazon.Runtime;

namespace Amazon.Redshift.Model;

/// <summary>A name and a password.</summary>
public sealed class GetClusterCredentialsResponse : AmazonWebServiceResponse
{
    /// <summary>The password.</summary>
    public string? DbPassword { get; set; }

    /// <summary>The name to log in by, with IAM: before it.</summary>
    public string? DbUser { get; set; }

    /// <summary>When it ends, UTC.</summary>
    public DateTime? Expiration { get; set; }
}
