using System.Text.Json.Serialization;

namespace Amazon.RedshiftServerless.Model;

/// <summary>Where a workgroup is.</summary>
public sealed class Endpoint
{
    /// <summary>The host.</summary>
    [JsonPropertyName("address")]
    public string? Address { get; set; }

    /// <summary>The port.</summary>
    [JsonPropertyName("port")]
    public int? Port { get; set; }
}
