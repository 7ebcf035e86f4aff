using System.Text.Json.Serialization;
using AirportOps.Aws.Clients.Runtime;
using Amazon.RedshiftDataAPIService.Model;

namespace Amazon.RedshiftDataAPIService;

/// <summary>How the shapes stand in JSON.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(Base64StreamConverter), typeof(EpochSecondsConverter)], DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExecuteStatementRequest))]
[JsonSerializable(typeof(ExecuteStatementResponse))]
[JsonSerializable(typeof(BatchExecuteStatementRequest))]
[JsonSerializable(typeof(BatchExecuteStatementResponse))]
[JsonSerializable(typeof(DescribeStatementRequest))]
[JsonSerializable(typeof(DescribeStatementResponse))]
[JsonSerializable(typeof(GetStatementResultRequest))]
[JsonSerializable(typeof(GetStatementResultResponse))]
[JsonSerializable(typeof(CancelStatementRequest))]
[JsonSerializable(typeof(CancelStatementResponse))]
internal sealed partial class RedshiftDataAPIServiceJson : JsonSerializerContext;
