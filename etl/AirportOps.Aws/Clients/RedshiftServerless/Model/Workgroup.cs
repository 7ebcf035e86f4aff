using System.Text.Json.Serialization;

namespace Amazon.RedshiftServerless.Model;

/// <summary>A workgroup, as far as it is used here.</summary>
public sealed class Workgroup
{
    /// <summary>Where it is.</summary>
    [JsonPropertyName("endpoint")]
    public Endpoint? Endpoint { get; set; }

    /// <summary>CREATING, AVAILABLE, MODIFYING or DELETING.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; set; }

    /// <summary>Its ARN.</summary>
    [JsonPropertyName("workgroupArn")]
    public string? WorkgroupArn { get; set; }

    /// <summary>Its name.</summary>
    [JsonPropertyName("workgroupName")]
    public string? WorkgroupName { get; set; }
}
