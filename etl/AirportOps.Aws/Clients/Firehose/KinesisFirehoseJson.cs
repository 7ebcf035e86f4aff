using System.Text.Json.Serialization;
using AirportOps.Aws.Clients.Runtime;
using Amazon.KinesisFirehose.Model;

namespace Amazon.KinesisFirehose;

/// <summary>How the shapes stand in JSON.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(Base64StreamConverter), typeof(EpochSecondsConverter)], DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PutRecordBatchRequest))]
[JsonSerializable(typeof(PutRecordBatchResponse))]
internal sealed partial class KinesisFirehoseJson : JsonSerializerContext;
