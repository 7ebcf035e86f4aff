using System.Text.Json.Serialization;

namespace Amazon.RedshiftDataAPIService.Model;

/// <summary>A value: exactly one property is set.</summary>
public sealed class Field
{
    /// <summary>Bytes.</summary>
    [JsonPropertyName("blobValue")]
    public MemoryStream? BlobValue { get; set; }

    /// <summary>A truth value.</summary>
    [JsonPropertyName("booleanValue")]
    public bool? BooleanValue { get; set; }

    /// <summary>A floating-point number.</summary>
    [JsonPropertyName("doubleValue")]
    public double? DoubleValue { get; set; }

    /// <summary>True for null.</summary>
    [JsonPropertyName("isNull")]
    public bool? IsNull { get; set; }

    /// <summary>A whole number.</summary>
    [JsonPropertyName("longValue")]
    public long? LongValue { get; set; }

    /// <summary>Text, and every other type as text.</summary>
    [JsonPropertyName("stringValue")]
    public string? StringValue { get; set; }
}
