using System.Text.Json.Serialization;
using AirportOps.Aws.Clients.Runtime;
using Amazon.RedshiftServerless.Model;

namespace Amazon.RedshiftServerless;

/// <summary>How the shapes stand in JSON.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(Base64StreamConverter), typeof(EpochSecondsConverter)], DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetCredentialsRequest))]
[JsonSerializable(typeof(GetCredentialsResponse))]
[JsonSerializable(typeof(GetWorkgroupRequest))]
[JsonSerializable(typeof(GetWorkgroupResponse))]
internal sealed partial class RedshiftServerlessJson : JsonSerializerContext;
