using System.Text.Json.Serialization;
using AirportOps.Aws.Clients.Runtime;
using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>Whether a stream can be used.</summary>
/// <param name="value">The word as the service knows it.</param>
[JsonConverter(typeof(Converter))]
public sealed class StreamStatus(string value) : ConstantClass(value)
{
    /// <summary>It can.</summary>
    public static readonly StreamStatus ACTIVE = new("ACTIVE");

    /// <summary>Not yet.</summary>
    public static readonly StreamStatus CREATING = new("CREATING");

    /// <summary>No more.</summary>
    public static readonly StreamStatus DELETING = new("DELETING");

    /// <summary>It can, while its shards change.</summary>
    public static readonly StreamStatus UPDATING = new("UPDATING");

    /// <summary>The member of a word.</summary>
    public static implicit operator StreamStatus(string value) => FromString(value);

    /// <summary>The member of a word.</summary>
    public static StreamStatus FromString(string value) => new(value);

    internal sealed class Converter() : ConstantConverter<StreamStatus>(FromString);
}
