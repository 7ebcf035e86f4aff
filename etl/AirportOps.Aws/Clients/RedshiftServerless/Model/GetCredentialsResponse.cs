using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.RedshiftServerless.Model;

/// <summary>A name and a password.</summary>
public sealed class GetCredentialsResponse : AmazonWebServiceResponse
{
    /// <summary>The password.</summary>
    [JsonPropertyName("dbPassword")]
    public string? DbPassword { get; set; }

    /// <summary>The name, which follows from the caller's identity.</summary>
    [JsonPropertyName("dbUser")]
    public string? DbUser { get; set; }

    /// <summary>When it ends, UTC.</summary>
    [JsonPropertyName("expiration")]
    public DateTime? Expiration { get; set; }

    /// <summary>When there is a new one, UTC.</summary>
    [JsonPropertyName("nextRefreshTime")]
    public DateTime? NextRefreshTime { get; set; }
}
