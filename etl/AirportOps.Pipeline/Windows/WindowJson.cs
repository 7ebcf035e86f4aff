using System.Text.Json.Serialization;

namespace AirportOps.Pipeline.Windows;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WindowManifest))]
[JsonSerializable(typeof(Generation))]
internal sealed partial class WindowJson : JsonSerializerContext;
