using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.RedshiftServerless.Model;

/// <summary>A workgroup.</summary>
public sealed class GetWorkgroupResponse : AmazonWebServiceResponse
{
    /// <summary>It.</summary>
    [JsonPropertyName("workgroup")]
    public Workgroup? Workgroup { get; set; }
}
