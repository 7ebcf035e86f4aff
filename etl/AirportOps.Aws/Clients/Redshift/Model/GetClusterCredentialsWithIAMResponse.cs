using Amazon.Runtime;

namespace Amazon.Redshift.Model;

/// <summary>A name and a password.</summary>
public sealed class GetClusterCredentialsWithIAMResponse : AmazonWebServiceResponse
{
    /// <summary>The password.</summary>
    public string? DbPassword { get; set; }

    /// <summary>The name, which follows from the caller's identity.</summary>
    public string? DbUser { get; set; }

    /// <summary>When it ends, UTC.</summary>
    public DateTime? Expiration { get; set; }

    /// <summary>When there is a new one, UTC.</summary>
    public DateTime? NextRefreshTime { get; set; }
}
