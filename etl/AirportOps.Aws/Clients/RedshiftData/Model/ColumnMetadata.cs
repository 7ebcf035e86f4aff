using System.Text.Json.Serialization;

namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>A column of a result.</summary>
public sealed class ColumnMetadata
{
    /// <summary>Its default.</summary>
    [JsonPropertyName("columnDefault")]
    public string? ColumnDefault { get; set; }

    /// <summary>Of text.</summary>
    [JsonPropertyName("isCaseSensitive")]
    public bool? IsCaseSensitive { get; set; }

    /// <summary>Of numbers.</summary>
    [JsonPropertyName("isCurrency")]
    public bool? IsCurrency { get; set; }

    /// <summary>Of numbers.</summary>
    [JsonPropertyName("isSigned")]
    public bool? IsSigned { get; set; }

    /// <summary>What it is called.</summary>
    [JsonPropertyName("label")]
    public string? Label { get; set; }

    /// <summary>Of text, in bytes.</summary>
    [JsonPropertyName("length")]
    public int? Length { get; set; }

    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; set; }

    /// <summary>1 when it may be null.</summary>
    [JsonPropertyName("nullable")]
    public int? Nullable { get; set; }

    /// <summary>Of numbers.</summary>
    [JsonPropertyName("precision")]
    public int? Precision { get; set; }

    /// <summary>Of numbers.</summary>
    [JsonPropertyName("scale")]
    public int? Scale { get; set; }

    /// <summary>Its schema.</summary>
    [JsonPropertyName("schemaName")]
    public string? SchemaName { get; set; }

    /// <summary>Its table.</summary>
    [JsonPropertyName("tableName")]
    public string? TableName { get; set; }

    /// <summary>Its type.</summary>
    [JsonPropertyName("typeName")]
    public string? TypeName { get; set; }
}
