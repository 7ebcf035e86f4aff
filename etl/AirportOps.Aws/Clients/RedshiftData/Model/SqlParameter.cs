using System.Text.Json.Serialization;

namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>A value for a name in the SQL.</summary>
public sealed class SqlParameter
{
    /// <summary>Without the colon.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; set; }

    /// <summary>As text.</summary>
    [JsonPropertyName("value")]
    public string? Value { get; set; }
}
