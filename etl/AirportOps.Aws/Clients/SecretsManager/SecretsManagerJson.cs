using System.Text.Json.Serialization;
using AirportOps.Aws.Clients.Runtime;
using Amazon.SecretsManager.Model;

namespace Amazon.SecretsManager;

/// <summary>How the shapes stand in JSON.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(Base64StreamConverter), typeof(EpochSecondsConverter)], DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetSecretValueRequest))]
[JsonSerializable(typeof(GetSecretValueResponse))]
internal sealed partial class SecretsManagerJson : JsonSerializerContext;
