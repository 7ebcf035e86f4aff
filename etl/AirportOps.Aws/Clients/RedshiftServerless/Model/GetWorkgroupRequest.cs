using System.Text.Json.Serialization;

namespace Amazon.RedshiftServerless.Model;

/// <summary>Asks for a workgroup.</summary>
public sealed class GetWorkgroupRequest : AmazonRedshiftServerlessRequest
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("workgroupName")]
    public string? WorkgroupName { get; set; }
}
