using System.Text.Json.Serialization;

namespace AirportOps.Operations.Alerts;

/// <summary>How a record is stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(AlertRecord))]
internal sealed partial class AlertRecordJson : JsonSerializerContext;
