using System.Text.Json;
using System.Text.Json.Serialization;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>A blob: Base64 in JSON, a stream in the SDK's shapes.</summary>
internal sealed class Base64StreamConverter : JsonConverter<MemoryStream>
{
    /// <inheritdoc/>
    public override MemoryStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var bytes = reader.GetBytesFromBase64();
        return new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.TryGetBuffer(out var bytes) ? bytes : value.ToArray());
}
