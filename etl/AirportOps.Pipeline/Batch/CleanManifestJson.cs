using System.Text.Json.Serialization;

namespace AirportOps.Pipeline.Batch;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(CleanManifest))]
internal sealed partial class CleanManifestJson : JsonSerializerContext;
