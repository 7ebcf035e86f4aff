using System.Text.Json.Serialization;

namespace AirportOps.Pipeline.Windows;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WindowManifest))]
[JsonSerializable(typeof(Generation))]
[JsonSerializable(typeof(ShardNote))]
[JsonSerializable(typeof(WindowGap))]
internal sealed partial class WindowJson : JsonSerializerContext;
