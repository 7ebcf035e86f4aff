using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>One of the SDK's open sets of words, of which a newer service may send one that is not known here.</summary>
/// <typeparam name="T">The set.</typeparam>
/// <param name="create">Makes a member of any word.</param>
internal abstract class ConstantConverter<T>(Func<string, T> create) : JsonConverter<T>
    where T : ConstantClass
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => create(reader.GetString()!);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
