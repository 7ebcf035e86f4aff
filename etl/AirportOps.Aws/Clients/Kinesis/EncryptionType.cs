using System.Text.Json.Serialization;
using AirportOps.Aws.Clients.Runtime;
using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>How records are encrypted.</summary>
/// <param name="value">The word as the service knows it.</param>
[JsonConverter(typeof(Converter))]
public sealed class EncryptionType(string value) : ConstantClass(value)
{
    /// <summary>With a key of the key service.</summary>
    public static readonly EncryptionType KMS = new("KMS");

    /// <summary>Not at all.</summary>
    public static readonly EncryptionType NONE = new("NONE");

    /// <summary>The member of a word.</summary>
    public static implicit operator EncryptionType(string value) => FromString(value);

    /// <summary>The member of a word.</summary>
    public static EncryptionType FromString(string value) => new(value);

    internal sealed class Converter() : ConstantConverter<EncryptionType>(FromString);
}
