using System.Text.Json.Serialization;

namespace AirportOps.Pipeline.Windows;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WindowManifest))]
internal sealed partial class WindowJson : JsonSerializerContext;
